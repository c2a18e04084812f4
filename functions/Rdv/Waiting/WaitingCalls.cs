using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.Language;
using Rdv.Messages;
using Rdv.Transactions;

namespace Rdv.Waiting;

/// <summary>Calls to people who wait: they asked for it, or a slot is offered that no SMS could tell them of.</summary>
public sealed class WaitingCalls(
    IWaitingStore waiting, FreeOffers offers, StillWaiting stillWaiting, ITerritoryDirectories directories, Links links, RdvSettings settings, IClock clock) : ICallSubjects
{
    public SubjectKind About => SubjectKind.Waiting;

    public async Task<CallSheet?> SheetAsync(CallToMake call, CancellationToken cancellationToken)
    {
        if (await FindAsync(call, cancellationToken) is not { Value: var person } || await stillWaiting.FindAsync(person, cancellationToken) is not { } standing)
        {
            return null;
        }

        string news;
        if (call.Kind == MessageKinds.Freed)
        {
            if (person.Offers.FirstOrDefault(offer => offer.Number == call.Version) is not { } offer
                || !standing.IsHelpedBy(offer.Start, person.Territory)
                || !await offers.IsFreeAsync(person, offer, cancellationToken))
            {
                return null;
            }

            var directory = await directories.GetAsync(call.Subject.Territory, cancellationToken);
            var start = FrenchDates.Spoken(offer.Start.InZone(person.Territory.Zone).LocalDateTime);
            var seat = standing.Workshop is { } workshop
                ? $" dans {(workshop.Session is null ? "l'atelier" : "le cours")} «\u00a0{workshop.Title}\u00a0»"
                : "";
            var (wait, instead) = seat.Length > 0 ? ($"Vous attendez une place{seat}.", "") : standing.Has is { } had
                ? ("Vous avez demandé un rendez-vous plus tôt.", $" à la place de votre rendez-vous du {FrenchDates.Spoken(had.LocalStart)}")
                : ("Vous attendez un rendez-vous.", "");
            news = $"{wait} Une place se libère{(standing.Workshop is null ? "" : standing.Workshop.Session is null ? " dans cet atelier" : " dans ce cours, qui commence")} : {start}, {Where(person, offer, directory)}. "
                + $"Elle est à la première personne qui répond. Voulez-vous la prendre{instead} ?";
        }
        else
        {
            var day = person.CreatedAt.InZone(person.Territory.Zone).Date;
            var when = day == clock.GetCurrentInstant().InZone(person.Territory.Zone).Date ? "" : ", " + FrenchDates.Spoken(day);
            news = $"Vous nous avez demandé de vous rappeler{when}. Vous cherchez un rendez-vous pour ce sujet : {Topics.Find(person.Topic)?.Label ?? person.Topic}. "
                + "Voulez-vous que nous cherchions une heure ensemble ?";
        }

        return new CallSheet(call, person.Citizen.Name, person.Citizen.Phone, $"{CallSentences.Opening(null)} {news} {CallSentences.Closing(settings)}");
    }

    /// <summary>
    /// Someone for whom a solution was found waits no more. Who was only reached goes on waiting. The note outlives either: it bears the hash of the
    /// number, and of who has left the list meanwhile none is kept, since no number is known any more.
    /// </summary>
    public async Task<CallEnd> EndAsync(CallToMake call, CallOutcome outcome, CancellationToken cancellationToken) =>
        await FindAsync(call, cancellationToken) is { Value: var person }
            ? new CallEnd(outcome == CallOutcome.Done ? [new RowWrite.Delete(person)] : [], Person: links.IndexOf(person.Citizen.Phone))
            : new CallEnd([], KeepsNote: false);

    private static string Where(WaitingPerson person, Offer offer, TerritoryDirectory directory) => person.Means switch
    {
        Means.Phone => CallSentences.ByPhone(person.Citizen.Phone),
        Means.Video => CallSentences.ByVideo(link: null),
        Means.Home => CallSentences.AtHome,
        _ => CallSentences.Where(offer.PlaceId, directory),
    };

    private async Task<Stored<WaitingPerson>?> FindAsync(CallToMake call, CancellationToken cancellationToken) =>
        WaitingId.TryFromCode(call.Subject.Territory, call.Subject.Code, out var id) ? await waiting.FindAsync(id, cancellationToken) : null;
}
