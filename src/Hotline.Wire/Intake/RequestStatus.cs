using System.Text.Json.Serialization;

namespace Hotline.Wire.Intake;

/// <summary>Where a request stands. Until it is final it follows its latest order; an order that ended without service
/// leaves the request registered, free for another vendor.</summary>
[JsonConverter(typeof(EnumFormat<RequestStatus>))]
public enum RequestStatus
{
    /// <summary>Waits for a vendor.</summary>
    Registered,

    /// <summary>Offered to a vendor, who has not answered yet.</summary>
    Offered,

    /// <summary>The vendor took it.</summary>
    Accepted,

    /// <summary>The vendor phoned the citizen.</summary>
    Contacted,

    /// <summary>The vendor named a price.</summary>
    Quoted,

    /// <summary>The citizen agreed to the price.</summary>
    Agreed,

    /// <summary>There is an appointment.</summary>
    Scheduled,

    /// <summary>The technician is there.</summary>
    Arrived,

    /// <summary>The work is done; the citizen is to be called back.</summary>
    Completed,

    /// <summary>Done and called back.</summary>
    Closed,

    /// <summary>The citizen does not want it any more.</summary>
    Cancelled,

    /// <summary>No vendor could be found.</summary>
    Unfulfilled,
}

/// <summary>Why a request is cancelled.</summary>
[JsonConverter(typeof(EnumFormat<CancelCause>))]
public enum CancelCause
{
    /// <summary>The citizen does not want it any more.</summary>
    CitizenWithdrew,

    /// <summary>No vendor could be found.</summary>
    NoVendor,

    /// <summary>Registered twice.</summary>
    Duplicate,
}

/// <summary>In which order requests are listed.</summary>
[JsonConverter(typeof(EnumFormat<RequestSort>))]
public enum RequestSort
{
    Newest,
    Oldest,

    /// <summary>As they are to be served: urgent first, then oldest; unfinished ones only.</summary>
    Waiting,
}
