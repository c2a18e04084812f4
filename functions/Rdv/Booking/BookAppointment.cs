using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Transactions;

namespace Rdv.Booking;

/// <param name="Repeated">This very request had been answered before.</param>
public sealed record Booked(Appointment Appointment, bool Repeated);

/// <summary>
/// Books a slot or a seat. The write is the check: the advisor's month is read, checked in memory, and written back in one transaction only
/// if nobody has written to it since (docs/adr/0001). Two requests to storage.
/// </summary>
public sealed class BookAppointment(
    IEnumerable<IBookable> bookables, OwnBookings own, Writer writer, PhoneQuota quota, Links links, IClock clock, RdvMetrics metrics)
{
    /// <summary>What a number may book alone does not grow within the hour.</summary>
    private static readonly Duration QuotaPause = Duration.FromHours(1);

    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Booked>> ExecuteAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        var result = await BookAsync(request, cancellationToken);
        metrics.Booking(Door(request.By), result.Match(booked => booked.Repeated ? "repeated" : "booked", refusal => refusal.Code));
        return result;
    }

    private static string Door(Actor by) => by switch
    {
        Actor.Hotline => "hotline",
        Actor.Advisor => "advisor",
        _ => "web",
    };

    private async Task<Result<Booked>> BookAsync(BookingRequest request, CancellationToken cancellationToken)
    {
        var createdAt = clock.GetCurrentInstant();
        var errors = new FieldErrors();
        var person = PersonDetails.Check(request, errors);
        var take = await bookables.Single(bookable => bookable.IsWanted(request)).CheckAsync(request, errors, cancellationToken);
        if (take is null || person is null || errors.Any)
        {
            return await RefuseAsync(new Refusal.Invalid(errors), cancellationToken);
        }

        var reference = AppointmentReference.Derive(request.Territory, request.Request.Nonce);
        var isFirst = true;
        var result = await writer.WriteAsync<Booked>(request.Territory, DecideAsync, cancellationToken);
        if (result.Succeeded(out var booked))
        {
            quota.Seen(booked.Appointment.PhoneIndex, request.Territory);
            // What is new was read by nothing that would note it.
            Acting.Saw(booked.Appointment.Reference.ToString());
        }

        return result;

        async Task<Decision<Booked>> DecideAsync(CancellationToken token)
        {
            // The first time nothing is known to stand in the way; after a conflict it may be the reference.
            if (!isFirst)
            {
                (var answer, reference) = await own.FindAsync(request, createdAt, token);
                if (answer is not null)
                {
                    return answer;
                }
            }

            var (turn, wasFirst) = (await TakeTurnAsync(isFirst, token), isFirst);
            isFirst = false;
            if (turn is null)
            {
                return await RefuseAsync(new Refusal.TooMany(QuotaPause), token);
            }

            var taken = await take(token);
            if (taken is null)
            {
                return new Decision<Booked>.ReadAgain();
            }

            if (taken.Refusal is { } refusal)
            {
                return await RefuseAsync(refusal, token);
            }

            Taken[] all = [taken.Value, .. taken.Value.Further];
            if (request.OnlyWith is { } only && all.Any(one => one.AdvisorId != only && one.CoAdvisorId != only))
            {
                return new Refusal.Forbidden();
            }

            (AppointmentReference Reference, RequestIdentity Identity)[] references =
                [(reference, request.Request), .. await own.FurtherAsync(request, all.Length - 1, mayBeTaken: !wasFirst, token)];
            var enrolment = taken.Value.IsEnrolment ? Enrolment.Of(references.Select(one => one.Reference)) : null;
            var appointments = all.Zip(references, (one, by) => Compose(request, person, one, by.Reference, by.Identity, createdAt) with { Enrolment = enrolment }).ToList();
            return new Decision<Booked>.Write(
                [.. taken.Value.RowsFor(appointments), .. Rows(appointments), .. turn, .. request.Besides ?? []], new Booked(appointments[0], Repeated: false));
        }

        // Only who books alone is bound: the hotline and an advisor have somebody to speak with.
        async Task<IReadOnlyList<RowWrite>?> TakeTurnAsync(bool mayBeFirst, CancellationToken token) => request.By == Actor.Citizen
            ? await quota.TakeTurnAsync(request.Territory, person.Citizen.Phone, reference, mayBeFirst, token)
            : [];

        // What is wrong or taken now may have been booked by this very request: it still has its first answer.
        async Task<Result<Booked>> RefuseAsync(Refusal refusal, CancellationToken token) =>
            (await own.FindAsync(request, createdAt, token)).Answer ?? refusal;
    }

    private Appointment Compose(BookingRequest request, PersonDetails person, Taken taken, AppointmentReference reference, RequestIdentity identity, Instant createdAt) => new()
    {
        Reference = reference,
        Start = taken.Start,
        Minutes = taken.Minutes,
        Topic = taken.Topic,
        StructureId = taken.StructureId,
        PlaceId = taken.PlaceId,
        Means = taken.Means,
        Home = taken.Home is { } insee && person.Street is { } street ? new HomeAddress(street, insee) : null,
        AdvisorId = taken.AdvisorId,
        Seat = taken.Seat,
        Citizen = person.Citizen,
        Helper = person.Helper,
        Note = person.Note,
        BookedBy = request.By,
        CreatedAt = createdAt,
        Request = identity,
        LinkSecret = links.CurrentLinkSecret,
        PhoneIndex = links.IndexOf(person.Citizen.Phone),
    };

    private IEnumerable<RowWrite> Rows(IReadOnlyList<Appointment> appointments)
    {
        var now = clock.GetCurrentInstant();

        // Two sessions of one day may need one and the same call: a transaction takes each row once.
        return appointments.SelectMany(appointment => Rows(appointment, now)).DistinctBy(write => write.Row is CallToMake call ? call.Id : (object)write);
    }

    private static IEnumerable<RowWrite> Rows(Appointment appointment, Instant now) =>
    [
        new RowWrite.Insert(appointment),
        new RowWrite.Put(PhoneEntry.Of(appointment)),
        .. Changes.Rows(appointment, ChangeActions.Booked, appointment.BookedBy, MessagePlan.ForBooking(appointment, now), now),
    ];
}
