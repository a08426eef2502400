using Hotline.Contracts.Intake;
using Hotline.Messaging;

namespace Hotline.House.Tests;

public sealed class ContractTests
{
    private static readonly Type[] Events = [.. EventTypes.In(typeof(RequestRegistered).Assembly)];

    /// <summary>Renaming a record or its namespace renames its exchange and silently cuts subscribers;
    /// removing or retyping a field breaks them. To add an event or a field, add its line to events.approved.txt.</summary>
    [Fact]
    public void The_wire_names_and_shapes_of_events_are_pinned()
    {
        var shapes = Events.Select(e =>
            $"{e.FullName}({string.Join(", ", e.GetProperties().Select(p => $"{p.Name}: {Name(p.PropertyType)}"))})")
            .Order(StringComparer.Ordinal);
        string.Join('\n', shapes).ShouldBe(Tree.Read("tests/Hotline.House.Tests/events.approved.txt").TrimEnd());
    }

    [Fact]
    public void Events_are_sealed_records_without_base_types_and_know_when()
    {
        foreach (var type in Events)
        {
            type.IsSealed.ShouldBeTrue(type.Name);
            type.BaseType.ShouldBe(typeof(object), type.Name);
            type.GetProperty("At")?.PropertyType.ShouldBe(typeof(DateTimeOffset), type.Name);
            type.GetProperty("At").ShouldNotBeNull(type.Name);
        }
    }

    /// <summary>Name, phone number and address travel in the one event that needs them and in its correction, sealed in one
    /// value.</summary>
    [Fact]
    public void The_citizens_phone_and_address_are_told_and_corrected_by_one_event_each() =>
        Events.Where(e => e.GetProperties().Any(p => p.Name is "Citizen" or "CallerPhone" or "CallerName" or "Address"))
            .ShouldBe([typeof(RequestCorrected), typeof(RequestRegistered)], ignoreOrder: true);

    // codes, numbers and names of vendors and staff; anything else that is text was said by or about a citizen
    private static readonly string[] Coded =
    [
        "By", "Number", "RequestNumber", "VendorName", "Name", "Phone", "CategoryCode", "AreaCode", "Channel", "DialledNumber", "Urgency",
        "Cause", "Before", "Kind", "Standing", "Outcome", "StatusBefore",
    ];

    /// <summary>What is not marked is not forgotten: a new text field is marked, or said to be a code here.</summary>
    [Fact]
    public void Every_free_text_of_an_event_about_a_request_is_marked_as_a_citizens_words()
    {
        foreach (var field in Events.Where(e => e.GetProperty("RequestId") is not null).SelectMany(e => e.GetProperties())
            .Where(p => p.PropertyType == typeof(string)))
            field.CustomAttributes.Any(a => a.AttributeType.Name == "CitizensWordsAttribute")
                .ShouldBe(!Coded.Contains(field.Name), $"{field.DeclaringType!.Name}.{field.Name}");
    }

    private static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? $"{value.Name}?" : type.Name;
}
