using System.ComponentModel.DataAnnotations;

namespace Hotline.Intake.Requests;

/// <summary>Settings under Intake.</summary>
public sealed class IntakeOptions
{
    /// <summary>Numbers that lead to the hotline.</summary>
    [MinLength(1)]
    public string[] DialledNumbers { get; init; } = ["12345", "81890", "81890000"];
}
