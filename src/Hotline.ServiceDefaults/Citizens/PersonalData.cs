using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Hotline.ServiceDefaults;

/// <summary>A citizen, as a request names them. It is stored and sent sealed only (<see cref="PersonalData"/>).</summary>
/// <param name="Name">As given; may be empty.</param>
/// <param name="Phone">In normal form (<see cref="PhoneNumber"/>), for example 13800000000 or 057765000000-801.</param>
/// <param name="Address">As the citizen said it, landmarks included.</param>
public sealed record Citizen(string Name, string Phone, string Address)
{
    /// <summary>Of whom nothing is kept any more.</summary>
    public static Citizen Erased { get; } = new("", "", "");

    /// <summary>Enough to recognise somebody whom one knows: 林**, 138****0000.</summary>
    public Citizen Masked() => this == Erased
        ? this : new(Name.Length == 0 ? "" : $"{StringInfo.GetNextTextElement(Name)}**", PhoneNumber.Mask(Phone), "****");
}

/// <summary>Settings under PersonalData.</summary>
public sealed class PersonalDataOptions
{
    /// <summary>Key of the hash by which a phone number is found, at least 32 random characters.
    /// It cannot be changed without making past requests unfindable by phone.</summary>
    [Required, MinLength(32)]
    public string HashKey { get; init; } = "";

    /// <summary>How long after its registration a finished request keeps name, phone, address and what was said in free words. 个人信息保护法 art.
    /// 19: no longer than needed; two years cover warranties and disputes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(730);

    /// <summary>How much longer a request keeps it that never finished: time to bring it to an end,
    /// after which it is forgotten all the same.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan UnfinishedGrace { get; init; } = TimeSpan.FromDays(90);
}

/// <summary>Seals what identifies a citizen. Databases, outboxes, queues and backups hold it encrypted (ASP.NET Core Data Protection:
/// AES-256 with HMAC-SHA256, a new key every 90 days, old ones kept for reading); it is opened where it is shown to somebody who may see
/// it, and there masked or noted in the access log.</summary>
public sealed class PersonalData(IDataProtectionProvider protection)
{
    private readonly IDataProtector _citizens = protection.CreateProtector("Hotline.Citizen"),
        _answers = protection.CreateProtector("Hotline.Answer");

    public string Seal(Citizen citizen) => _citizens
        .Protect(JsonSerializer.Serialize(citizen with { Phone = PhoneNumber.ToStored(citizen.Phone) }, JsonSerializerOptions.Web));

    /// <param name="citizen">Sealed; null = erased.</param>
    /// <exception cref="CryptographicException">Sealed with a key that this process has not got.</exception>
    public Citizen Open(string? citizen) => citizen switch
    {
        null => Citizen.Erased,
        ['{', ..] => Read(citizen), // written before this release sealed
        _ => Read(_citizens.Unprotect(citizen)),
    };

    /// <summary>Seals an answer that is kept to be given again: it may hold anything.</summary>
    public string SealAnswer(string body) => _answers.Protect(body);

    public string OpenAnswer(string body) => _answers.Unprotect(body);

    private static Citizen Read(string json)
    {
        var citizen = JsonSerializer.Deserialize<Citizen>(json, JsonSerializerOptions.Web)!;
        return citizen with { Phone = PhoneNumber.FromStored(citizen.Phone) };
    }
}

/// <summary>Finds a phone number among sealed ones: HMAC-SHA256 of its digits. Without the key the numbers, which are few,
/// cannot be tried out.</summary>
public sealed class PhoneHash(IOptions<PersonalDataOptions> options)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(options.Value.HashKey);

    /// <param name="phone">In normal form (<see cref="PhoneNumber.Normalize"/>).</param>
    public byte[] Of(string phone) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(phone));
}
