using Hotline.Wire;

namespace Hotline.ServiceDefaults;

/// <summary>Why something was not done. A value, not an exception: exceptions mean a bug or a broken dependency.</summary>
/// <param name="Text">Stable code and what the caller reads.</param>
/// <param name="Status">HTTP status: 409 where the state forbids it.</param>
/// <param name="CurrentStatus">The state that forbids it.</param>
/// <param name="Errors">Faulty fields, where only the state tells that they are faulty.</param>
public sealed record Refusal(
    Text Text, int Status = StatusCodes.Status409Conflict, string? CurrentStatus = null, IDictionary<string, string[]>? Errors = null)
{
    /// <summary>400 for fields that the present state does not allow.</summary>
    public static Refusal Invalid(params IEnumerable<(string Field, Text Message)> faults) =>
        new(Problems.Invalid, StatusCodes.Status400BadRequest, Errors: faults.ToDictionary(f => f.Field, f => new[] { f.Message.Say() }));

    /// <summary>409 for fields whose values others have; its code is that of the first.</summary>
    public static Refusal Conflict(params IReadOnlyList<(string Field, Text Message)> faults) =>
        new(faults[0].Message, Errors: faults.ToDictionary(f => f.Field, f => new[] { f.Message.Say() }));

    /// <summary>404 that names the field whose id is unknown.</summary>
    public static Refusal Unknown(string field) =>
        new(Problems.Unknown, StatusCodes.Status404NotFound,
            Errors: new Dictionary<string, string[]> { [field] = [Problems.Unknown.Say()] });
}

/// <summary>The outcome of a pure decision: the new state with the events that tell of it, or a refusal.</summary>
public sealed record Decision<T> where T : class
{
    private readonly T? _state;

    private Decision(T? state, IReadOnlyList<object> events, Refusal? refusal) => (_state, Events, Refusal) = (state, events, refusal);

    /// <summary>The state after the decision.</summary>
    /// <exception cref="InvalidOperationException">The decision is a refusal.</exception>
    public T State => _state ?? throw new InvalidOperationException($"Refused: {Refusal?.Text.Code}");

    /// <summary>What to tell the other services.</summary>
    public IReadOnlyList<object> Events { get; }

    /// <summary>Why not; none if accepted.</summary>
    public Refusal? Refusal { get; }

    internal static Decision<T> Accepted(T state, IReadOnlyList<object> events) => new(state, events, null);

    internal static Decision<T> Refused(Refusal refusal) => new(null, [], refusal);

    /// <summary>Lets a decision return a refusal as it is.</summary>
    public static implicit operator Decision<T>(Refusal refusal) => Refused(refusal);
}

/// <summary>Makes decisions.</summary>
public static class Decision
{
    /// <summary>The new state and the events that tell of it.</summary>
    public static Decision<T> Accept<T>(T state, params IReadOnlyList<object> events) where T : class =>
        Decision<T>.Accepted(state, events);
}
