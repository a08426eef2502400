namespace Hotline.Intake.Requests;

/// <summary>What is right of a request, as it is kept.</summary>
/// <param name="Citizen">Sealed.</param>
/// <param name="Fields">What was wrong: name, phone, address, area.</param>
public sealed record Correction(string Citizen, byte[] PhoneHash, string AreaCode, string[] Fields)
{
    /// <summary>The fields in which a citizen or a place is another than before.</summary>
    public static string[] Between(Citizen before, Citizen after, string areaBefore, string area)
    {
        (string Field, bool Differs)[] fields =
        [
            ("name", before.Name != after.Name), ("phone", before.Phone != after.Phone), ("area", areaBefore != area),
            ("address", before.Address != after.Address),
        ];
        return [.. fields.Where(f => f.Differs).Select(f => f.Field)];
    }
}
