using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Pages.Shared;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Functions.Pages;

/// <summary>What was chosen before the form is filled in. It names no person.</summary>
/// <param name="Insee">The commune that was searched from; null when the search was of a whole territory.</param>
/// <param name="Hold">The hold that keeps the slot, and until when.</param>
/// <param name="Nonce">The same from the form to its answer, however often it is sent.</param>
public sealed record BookingDraft(Territory Territory, Topic Topic, SlotValue Slot, string? Insee, string? Hold, Instant? KeptUntil, string Nonce)
{
    /// <summary>Of a seat in a workshop; its day, hour and place are those of <see cref="Slot"/>.</summary>
    public SeatDraft? Seat { get; init; }

    public Wish Wish { get; init; } = new();

    /// <summary>Null when the clocks skip or repeat that hour.</summary>
    public Instant? Start => InstantOf(Territory, Slot.Start);

    /// <summary>
    /// Only the form counts, not what is typed in it: someone who goes back, corrects a letter and sends again finds the appointment
    /// that they have, and no second one.
    /// </summary>
    public RequestIdentity Request => RequestIdentity.Of("page", Nonce, Nonce);

    public BookingRequest ToRequest(PersonForm person, Actor by) => new(
        Territory, Topic.Id, Start, Slot.PlaceId.Value, Wish.Advisor?.Value, Hold, person.Citizen, person.Helper, person.Note, by, Request, Seat is { Course: null } ? Seat.Id.Value : null, Seat?.Version)
    {
        CourseId = Seat?.Course?.Value,
        Means = MeansWords.Of(Wish.Means),
        Signs = Wish.Signs,
        Home = Wish.Means == Means.Home ? new HomeForm(person.Address, Insee) : null,
    };

    public static string DrawNonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public static Instant? InstantOf(Territory territory, LocalDateTime start) =>
        territory.Zone.MapLocal(start) is { Count: 1 } mapping ? mapping.Single().ToInstant() : null;
}

/// <summary>The workshop that was shown.</summary>
/// <param name="Version">When it has changed since, no seat in it is booked unseen.</param>
public sealed record SeatDraft(WorkshopId Id, int Version, int Minutes, string Title)
{
    /// <summary>The course that was chosen as a whole, of which it is the first session; null for a workshop, and for one session.</summary>
    public CourseId? Course { get; init; }
}

/// <summary>Seals a draft, so that it can travel through the browser unread and unchanged.</summary>
public sealed class BookingDrafts(IDataProtectionProvider protection)
{
    private const char Separator = '|';
    private const int Parts = 11;
    private readonly IDataProtector protector = protection.CreateProtector("Rdv.Pages.BookingDraft.v1");

    public string Seal(BookingDraft draft) => protector.Protect(string.Join(
        Separator,
        draft.Territory.Code,
        draft.Topic.Id,
        draft.Slot,
        draft.Insee,
        draft.Hold,
        draft.KeptUntil?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        draft.Nonce,
        draft.Seat is { Course: { } course } ? $"{draft.Seat.Id}:{course}" : draft.Seat?.Id,
        draft.Seat?.Version.ToString(CultureInfo.InvariantCulture),
        draft.Seat?.Minutes.ToString(CultureInfo.InvariantCulture),
        // Last: a title may hold the separator. What has no title says what is wished in its place, the means first, so that drafts from before open too.
        draft.Seat?.Title ?? $"{MeansWords.UnlessPlace(draft.Wish.Means)};{draft.Wish.Advisor};{(draft.Wish.Signs ? "1" : "")}"));

    /// <returns>Null when it is not one of ours.</returns>
    public BookingDraft? Open(string? text)
    {
        if (text is not { Length: > 0 and < 4096 })
        {
            return null;
        }

        try
        {
            return protector.Unprotect(text).Split(Separator, Parts)
                is [var code, var topicId, var slotText, var insee, var hold, var kept, var nonce, var workshop, var version, var minutes, var title]
                && Territory.TryParse(code, out var territory)
                && Topics.Find(topicId) is { } topic
                && SlotValue.TryParse(slotText, out var slot)
                    ? new BookingDraft(
                        territory,
                        topic,
                        slot,
                        insee.Length > 0 ? insee : null,
                        hold.Length > 0 ? hold : null,
                        long.TryParse(kept, CultureInfo.InvariantCulture, out var seconds) ? Instant.FromUnixTimeSeconds(seconds) : null,
                        nonce)
                    {
                        Seat = WorkshopId.TryParse(workshop.Split(':')[0], out var id)
                            ? new SeatDraft(id, int.Parse(version, CultureInfo.InvariantCulture), int.Parse(minutes, CultureInfo.InvariantCulture), title)
                            {
                                Course = CourseId.TryParse(workshop.Split(':')[^1], out var course) ? course : null,
                            }
                            : null,
                        Wish = workshop.Length == 0 ? WishOf(title.Split(';')) : new(),
                    }
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Wish WishOf(string[] parts) => new(MeansWords.Parse(parts[0] is { Length: > 0 } means ? means : null) ?? Means.Place)
    {
        Advisor = parts is [_, { Length: > 0 } id, ..] ? new AdvisorId(id) : null,
        Signs = parts is [_, _, "1"],
    };
}
