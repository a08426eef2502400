namespace Hotline.Contracts;

// What events have in common. The broker knows the events alone: it has no exchanges for these.

/// <summary>Tells of a request.</summary>
public interface IAboutRequest
{
    Guid RequestId { get; }

    /// <summary>When it happened, UTC.</summary>
    DateTimeOffset At { get; }

    /// <summary>The person or system that acted; system = a clock.</summary>
    string By => "system";
}

/// <summary>Tells of a step of an order: each step makes one version.</summary>
public interface IAboutOrder : IAboutRequest
{
    Guid OrderId { get; }

    Guid VendorId { get; }

    /// <summary>Of the order after the step.</summary>
    int Version { get; }

    /// <summary>Which of the request's orders it is, from 1; null = told by a release before it was counted.</summary>
    int? Ordinal => null;
}

/// <summary>For one person alone.</summary>
public interface IForPerson
{
    /// <summary>Subject of that person's token.</summary>
    string Person { get; }
}
