using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Calendars;

/// <summary>A calendar that an advisor keeps elsewhere, whose busy hours are laid over their agenda. It holds no title.</summary>
/// <param name="Id">See <see cref="IdOf"/>; its entries in the agenda bear it.</param>
/// <param name="SealedAddress">The address opens the calendar to whoever has it: see <see cref="AddressSeal"/>.</param>
/// <param name="Host">Of the address: with <paramref name="Ending"/> all that is ever shown of it.</param>
/// <param name="CheckedAt">When it was last asked for, to the minute.</param>
/// <param name="ReadAt">When it was last read.</param>
/// <param name="ReadTo">The last day that reading was about: the days after it are not known yet, even when nothing has changed.</param>
/// <param name="State">What its server gave to ask for changes only.</param>
public sealed record OwnCalendar(
    Territory Territory,
    AdvisorId AdvisorId,
    string Id,
    string SealedAddress,
    string Host,
    string Ending,
    RequestIdentity Request,
    Instant CheckedAt,
    Instant ReadAt,
    LocalDate ReadTo,
    CalendarState State) : IRow
{
    public const int MostPerAdvisor = 3;

    /// <summary>How often one is asked for at most.</summary>
    public static readonly Duration Interval = Duration.FromMinutes(15);

    /// <summary>How long it may fail before the advisor is told.</summary>
    public static readonly Duration Patience = Duration.FromHours(2);

    private const int Digits = 16;

    /// <summary>Null while it can be read.</summary>
    public CalendarFault? Fault { get; init; }

    /// <summary>Since when it cannot be read.</summary>
    public Instant? FailingSince { get; init; }

    /// <summary>When the advisor was last told of it.</summary>
    public Instant? ToldAt { get; init; }

    /// <summary>The conflicts that the advisor was told of, see <see cref="CalendarConflict.Key"/>.</summary>
    public IReadOnlyList<string> ToldConflicts { get; init; } = [];

    /// <summary>How many mails about it were made due.</summary>
    public int Mails { get; init; }

    public Subject Subject => new(Territory, Id);

    /// <summary>The id that belongs to a request: the same request always finds its own calendar.</summary>
    public static string IdOf(RequestIdentity request) => Subject.CalendarLetter + request.Nonce[..Digits].ToLowerInvariant();

    public static bool IsId(string? text) =>
        text is { Length: Digits + 1 } && text[0] == Subject.CalendarLetter && text.Skip(1).All(char.IsAsciiHexDigitLower);

    // The address is a secret, sealed as it is: a record would print it.
    public override string ToString() => Subject.ToString();
}

/// <summary>What a server gives to be asked again for changes only (RFC 9110, 8.8).</summary>
public sealed record CalendarState(string? ETag, string? LastModified);
