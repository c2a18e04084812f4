using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Waiting;

/// <summary>Nothing suits: please call me.</summary>
/// <param name="Insee">The commune from which nearness is told; null when only the territory is known.</param>
/// <param name="WorkshopId">A full workshop in which to wait for a seat, whose topic counts then: nobody calls for it, and they are told when a seat is given back.</param>
/// <param name="Request">What makes a repetition of this request recognisable.</param>
public sealed record CallbackRequest(
    Territory Territory, string? Topic, string? Insee, CitizenForm? Citizen, string? Note, Actor By, RequestIdentity Request, string? WorkshopId = null)
{
    /// <summary>A full course, in place of <see cref="WorkshopId"/>.</summary>
    public string? CourseId { get; init; }

    /// <summary>In the words of <see cref="MeansWords"/>; at the place when null.</summary>
    public string? Means { get; init; }

    /// <summary>They need a longer hour (<see cref="Topic.MinutesFor"/>).</summary>
    public bool Signs { get; init; }

    /// <summary>Where the advisor would come to; its commune is that of the request when it names none.</summary>
    public HomeForm? Home { get; init; }
}

/// <summary>They are on the list, or have been.</summary>
/// <param name="LinkSecret">From which the key of the link is derived.</param>
/// <param name="Repeated">This very request had been answered before. They may not wait any more.</param>
public sealed record Listed(WaitingId Id, int LinkSecret, bool Repeated);

/// <summary>
/// Puts someone on the waiting list, makes a call to make of it, and counts what could not be met, in one transaction. Two requests.
/// </summary>
public sealed class AskToBeCalled(
    IWaitingStore waiting,
    IDemandStore demand,
    Writer writer,
    ITerritoryDirectories directories,
    IDirectoryStore directoryStore,
    IWorkshopStore workshops,
    IAgendaStore agenda,
    Links links,
    RdvSettings settings,
    IClock clock)
{
    /// <summary>When an operator put them on the list, they have just been spoken with: a call is due only if nothing has come of it.</summary>
    public static readonly Duration CallAfterHotline = Duration.FromDays(7);

    private static readonly Duration UntilOneIsMet = Duration.FromHours(1);

    /// <returns>Refused are what is wrong, the same key with another request, and a number that waits for as much as one may ask for alone.</returns>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Listed>> ExecuteAsync(CallbackRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (Check(request, errors) is not { } wanted || errors.Any)
        {
            return new Refusal.Invalid(errors);
        }

        // Where nobody receives yet, the demand counts most: the hotline must see the call all the same.
        if ((await directories.GetAsync(request.Territory, cancellationToken)).IsEmpty)
        {
            await directoryStore.ListTerritoryAsync(request.Territory, cancellationToken);
        }

        // Whoever was answered and waits no more is looked for after a conflict only: it would be one more request for everybody.
        var conflict = false;
        var result = await writer.WriteAsync<Listed>(
            request.Territory,
            async token =>
            {
                var list = await waiting.ListAsync(request.Territory, token);
                var (id, known) = Find(request, list);
                if (known is not null)
                {
                    return known.Request == request.Request ? new Listed(id, known.LinkSecret, Repeated: true) : new Refusal.IdempotencyMismatch();
                }

                var person = wanted with { Id = id };
                if (person.Workshop is { } full)
                {
                    var field = request.CourseId is null ? "workshopId" : "courseId";
                    if ((await workshops.ReadAsync(request.Territory, full, token))?.Value is not { } workshop)
                    {
                        return new Refusal.Invalid(field, request.CourseId is null ? "Cet atelier n'existe pas." : "Ce cours n'existe pas.");
                    }

                    if (await ProblemOfAsync(workshop, token) is { } problem)
                    {
                        return new Refusal.Invalid(field, problem);
                    }

                    person = person with { Topic = workshop.Topic };
                }

                if (conflict && await demand.ExistsAsync(Demand.Of(person), token))
                {
                    return new Listed(id, person.LinkSecret, Repeated: true);
                }

                conflict = true;
                return request.By == Actor.Citizen && list.Count(stored => stored.Value.InPlaceOf is null && stored.Value.Citizen.Phone == person.Citizen.Phone) >= settings.WaitingPerPhone
                    ? new Refusal.TooMany(UntilOneIsMet)
                    : new Decision<Listed>.Write(Rows(person), new Listed(id, person.LinkSecret, Repeated: false));
            },
            cancellationToken);
        if (result.Succeeded(out var listed))
        {
            Acting.Saw(listed.Id.ToString());
        }

        return result;
    }

    /// <summary>The first id that this request draws and that is nobody else's.</summary>
    private static (WaitingId Id, WaitingPerson? Known) Find(CallbackRequest request, IReadOnlyList<Stored<WaitingPerson>> list)
    {
        for (var draw = 0; ; draw++)
        {
            var id = WaitingId.Derive(request.Territory, request.Request.Nonce, draw);
            var known = list.FirstOrDefault(stored => stored.Value.Id == id)?.Value;
            if (known is null || known.Request.Nonce == request.Request.Nonce)
            {
                return (id, known);
            }
        }
    }

    private async Task<string?> ProblemOfAsync(Workshop workshop, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var (what, whatIn) = workshop.Session is null ? ("Cet atelier", "cet atelier") : ("Ce cours", "ce cours");
        if (workshop.Session is null && workshop.IsCancelled)
        {
            return $"{what} est annulé.";
        }

        if (await workshops.ReadWaitedAsync(workshop.Territory, workshop.Id, now, cancellationToken) is not { } first || first.Start <= now)
        {
            return workshop.IsCancelled ? $"{what} est annulé." : $"{what} a déjà commencé.";
        }

        var held = await HeldSeats.ReadAsync(agenda, await workshops.WithSessionsAsync(first, now, cancellationToken), cancellationToken);
        return held?.All(one => one.Seats.LeftAt(now) > 0) == true ? $"Il reste des places dans {whatIn} : inscrivez-vous." : null;
    }

    private WaitingPerson? Check(CallbackRequest request, FieldErrors errors)
    {
        // That of a workshop is read with it.
        var topic = Topics.Find(request.Topic);
        WorkshopId workshop = default;
        if (request.WorkshopId is not null && !WorkshopId.TryParse(request.WorkshopId, out workshop))
        {
            errors.Add("workshopId", "Cet atelier n'existe pas.");
        }

        // Who waits for a course waits for its first session: the session tells of which course it is.
        if (CourseId.TryParse(request.CourseId, out var course))
        {
            workshop = course.Session(1);
        }
        else if (request.CourseId is not null)
        {
            errors.Add("courseId", "Ce cours n'existe pas.");
        }

        var isForSeat = request.WorkshopId is not null || request.CourseId is not null;
        if (topic is null && !isForSeat)
        {
            errors.Add("topic", request.Topic is null ? "Choisissez un sujet." : "Ce sujet n'existe pas.");
        }

        var means = MeansWords.Parse(request.Means);
        if (means is null)
        {
            errors.Add("means", MeansWords.Problem);
        }

        // At home, the commune is where the home is.
        var insee = means == Rdv.Means.Home ? request.Home?.Insee ?? request.Insee : request.Insee;
        var commune = Communes.Find(insee);
        if (insee is not null && commune is null)
        {
            errors.Add("insee", "Cette commune n'existe pas.");
        }
        else if (means == Rdv.Means.Home && commune is null)
        {
            errors.Add("insee", "Indiquez la commune du domicile.");
        }

        var street = means == Rdv.Means.Home ? PeopleForm.CheckAddress(request.Home?.Address, errors) : null;

        var citizen = PeopleForm.Check(request.Citizen, request.Territory, errors);
        var note = PeopleForm.CheckText(request.Note, "note", PeopleForm.MaxText, errors);
        return errors.Any || citizen is null
            ? null
            : new WaitingPerson(
                default,
                request.Signs ? citizen with { Needs = citizen.Needs ?? PersonDetails.SignLanguage } : citizen,
                commune?.Insee,
                topic?.Id ?? "",
                note,
                request.By,
                clock.GetCurrentInstant(),
                request.Request,
                links.CurrentLinkSecret,
                Offered: 0,
                Offers: [],
                Workshop: isForSeat ? workshop : null)
            {
                Means = means!.Value,
                Street = street,
                Minutes = request.Signs && !isForSeat ? topic?.MinutesFor(signs: true) : null,
            };
    }

    private RowWrite[] Rows(WaitingPerson person)
    {
        var now = person.CreatedAt;
        var callAt = person.AskedBy == Actor.Citizen
            ? HumaneHours.NextCall(person.Territory, now)
            : HumaneHours.WorkingMorning(person.Territory, now + CallAfterHotline);
        return
        [
            new RowWrite.Insert(person),
            .. person.Workshop is null
                ? [new RowWrite.Put(CallToMake.Of(person.Id.Subject, CallReasons.Request, CallReasons.Request, callAt, version: 0))]
                : Array.Empty<RowWrite>(),
            new RowWrite.Insert(Demand.Of(person)),
            new RowWrite.Insert(new Chore(person.Id.Subject, ChoreKinds.Forget, now + settings.WaitingTime, Version: 0)),
        ];
    }
}
