using System.Text.Json.Serialization;

namespace Hotline.Wire.Vendors;

/// <summary>Where an applicant stands on the way into the alliance.</summary>
[JsonConverter(typeof(EnumFormat<Admission>))]
public enum Admission
{
    Applied,
    Approved,
    Rejected,
}

/// <summary>What a vendor of the alliance may do; ordered by severity.</summary>
[JsonConverter(typeof(EnumFormat<Standing>))]
public enum Standing
{
    Active,
    Warned,
    Suspended,
    Terminated,
}
