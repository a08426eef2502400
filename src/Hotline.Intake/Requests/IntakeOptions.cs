using System.ComponentModel.DataAnnotations;

namespace Hotline.Intake.Requests;

/// <summary>Settings under Intake.</summary>
public sealed class IntakeOptions
{
    /// <summary>Numbers that lead to the hotline.</summary>
    [MinLength(1)]
    public string[] DialledNumbers { get; init; } = ["12345", "81890", "81890000"];

    /// <summary>Area code of the city, for landlines given without one.</summary>
    [RegularExpression("^0[0-9]{2,3}$")]
    public string PhoneAreaCode { get; init; } = "0577";
}
