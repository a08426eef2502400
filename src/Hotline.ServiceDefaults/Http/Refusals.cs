namespace Hotline.ServiceDefaults;

/// <summary>Codes with which an endpoint refuses, for its description.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Codes">Stable codes of the problem details.</param>
public sealed record Refusals(int Status, params string[] Codes);

/// <summary>Marks endpoints that take an Idempotency-Key.</summary>
public sealed record TakesIdempotencyKey;

/// <summary>What endpoints say of themselves in the API document beyond what their types say. What all have in common (no token, bad
/// input, an unknown id) is said by
/// <see cref="ApiDocument"/>; the service tests compare every answer with the document.</summary>
public static class RefusalDescriptions
{
    /// <summary>The state may forbid it: 409 with one of these codes.</summary>
    public static T Refuses<T>(this T endpoint, params string[] codes) where T : IEndpointConventionBuilder =>
        endpoint.Refuses(StatusCodes.Status409Conflict, codes);

    /// <summary>It may be refused with this status and one of these codes.</summary>
    public static T Refuses<T>(this T endpoint, int status, params string[] codes) where T : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new Refusals(status, codes));
}
