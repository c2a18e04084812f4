using System.Text.Json;
using NodaTime;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Chores;

public static class ChoreKinds
{
    /// <summary>A slot was given back: it is offered to those who wait.</summary>
    public const string Freed = "freed";

    /// <summary>A seat in a workshop was given back: it is offered to those who wait for one there.</summary>
    public const string Seat = "seat";

    /// <summary>Hours were opened: they are offered to those who wait.</summary>
    public const string Opened = "opened";

    /// <summary>A person has waited for too long, or the time of an appointment that was cancelled is long over.</summary>
    public const string Forget = "forget";

    /// <summary>An advisor has another link for meetings by video: those who have been told the one before are told again.</summary>
    public const string VideoLink = "video";

    /// <summary>What an operator wrote of a call is of no use any more.</summary>
    public const string Note = "note";

    /// <summary>The appointments inside an absence are cancelled, or go to a colleague.</summary>
    public const string Absence = "absence";

    /// <summary>Those who have a seat follow a workshop that was moved or cancelled.</summary>
    public const string Workshop = "workshop";
}

/// <summary>
/// One thing to do at a time that is no message: written with the change that makes it necessary, deleted with the last of what it does. It
/// names no person.
/// </summary>
/// <param name="Kind">One of <see cref="ChoreKinds"/>.</param>
/// <param name="Version">The version of the subject that made it due.</param>
/// <param name="Data">What else the handler of that kind must know, as it has written it.</param>
public sealed record Chore(Subject Subject, string Kind, Instant DueAt, int Version, string? Data = null) : IRow
{
    /// <summary>Who of the staff has made it necessary; null for a citizen and for a timer.</summary>
    public string? Who { get; init; } = Acting.Who;

    /// <inheritdoc cref="Tracing.Cause"/>
    public string? Cause { get; init; } = Tracing.Cause;

    /// <summary>Of a change that is too long for one transaction: its request goes on with it at once, and whoever finds it later takes it up again.</summary>
    public static readonly Duration InHand = Duration.FromMinutes(1);

    public static Chore With<TData>(Subject subject, string kind, Instant dueAt, int version, TData data) =>
        new(subject, kind, dueAt, version, JsonSerializer.Serialize(data));

    /// <exception cref="InvalidDataException">It was written for another kind.</exception>
    public TData Read<TData>()
        where TData : class
    {
        try
        {
            return Data is null ? throw new InvalidDataException("A chore lacks its data.") : JsonSerializer.Deserialize<TData>(Data)!;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("A chore has data of another kind.", exception);
        }
    }
}
