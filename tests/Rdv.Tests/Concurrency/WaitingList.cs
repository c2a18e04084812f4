using NodaTime;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Tests.Infrastructure;
using Rdv.Tests.Waiting;
using Rdv.Waiting;
using Shouldly;

namespace Rdv.Tests.Concurrency;

/// <summary>Those who wait, after all chores: each who was answered is there once, what is offered to them is kept, and nothing that was given back is forgotten.</summary>
internal static class WaitingList
{
    // Of docs/adr/0006.
    private const int MostTold = 3;

    public static async Task ShouldBeServedAsync(World world, Product product, IReadOnlyList<Call> calls)
    {
        var people = (await product.Get<IWaitingStore>().ListAsync(world.Territory, CancellationToken.None)).Select(stored => stored.Value).ToList();
        ShouldBeListedOnce(people, calls);
        var now = world.Clock.GetCurrentInstant();
        foreach (var offer in people.SelectMany(person => person.Offers.Select(offer => (Person: person, Offer: offer))).GroupBy(pair => pair.Offer.Hold))
        {
            var first = offer.First().Offer;
            offer.Count().ShouldBeLessThanOrEqualTo(MostTold, $"told of one hour: {first}");
            offer.Select(pair => (pair.Offer.AdvisorId, pair.Offer.Start, pair.Offer.Until)).Distinct().ShouldHaveSingleItem($"one hold keeps one hour: {first}");
            await ShouldBeKeptAsync(world, product, first, now);
        }

        foreach (var person in people)
        {
            person.Offers.Select(offer => offer.Number).ShouldBe(Enumerable.Range(1, person.Offered), $"{person.Citizen.Name} was offered something that is lost");
            person.Offers.Count(offer => offer.Until > now).ShouldBeLessThanOrEqualTo(WaitingPerson.MaxOpenOffers, person.Citizen.Name);
            person.Offers.Where(offer => offer.Until > now).Select(offer => offer.Start).ShouldBeUnique($"{person.Citizen.Name} was offered one hour twice");
        }

        await ShouldNotBeForgottenAsync(world, product, people, calls, now);
    }

    /// <summary>Each SMS about what was given back is one of an offer, to who was offered it.</summary>
    public static async Task ShouldBeToldOnceAsync(World world, Product product)
    {
        var log = await world.RowsAsync("log|");
        foreach (var person in (await product.Get<IWaitingStore>().ListAsync(world.Territory, CancellationToken.None)).Select(stored => stored.Value))
        {
            var told = world.Sms.Delivered.Count(sms => sms.Kind == MessageKinds.Freed && sms.To == person.Citizen.Phone);
            var messages = log.Where(row => row.RowKey.StartsWith($"log|{person.Id.Subject.Code}|message|", StringComparison.Ordinal)).Select(row => row.GetString("State")).ToList();
            var why = $"{person.Citizen.Name}: {person.Offered} offers, {told} told, {string.Join(", ", messages)}";
            messages.Count.ShouldBe(person.Offered, why);
            // One that left with a run that died, before a newer one, is noted as superseded.
            told.ShouldBeInRange(messages.Count(state => state == nameof(MessageState.Sent)), person.Offered, why);
            if (person.Offered > 0)
            {
                messages.ShouldContain(state => state == nameof(MessageState.Sent) || state == nameof(MessageState.Unknown), why);
            }
        }
    }

    private static void ShouldBeListedOnce(IReadOnlyList<WaitingPerson> people, IReadOnlyList<Call> calls)
    {
        people.Select(person => person.Citizen.Name).ShouldBeUnique("on the list once");
        foreach (var asked in calls.Where(call => call.Asked is Asked.Wait).ToLookup(call => ((Asked.Wait)call.Asked).Name))
        {
            var answers = asked.Select(call => call.Answered).Where(answer => !answer.IsUnknown).ToList();
            answers.ShouldAllBe(answer => answer is Answered.Listed, string.Join(", ", asked));
            answers.Count(answer => answer is Answered.Listed { Created: true }).ShouldBeLessThanOrEqualTo(1, string.Join(", ", asked));
            if (answers.Count > 0)
            {
                people.ShouldContain(person => person.Citizen.Name == asked.Key && person.Id.ToString() == ((Answered.Listed)answers[0]).Id, $"whoever was answered is listed: {asked.First()}");
            }
        }
    }

    /// <summary>Until the offer ends, the hour is nobody else's.</summary>
    private static async Task ShouldBeKeptAsync(World world, Product product, Offer offer, Instant now)
    {
        var date = offer.Start.InZone(world.Territory.Zone).Date;
        var month = await product.Get<IAgendaStore>().ReadMonthAsync(world.Territory, offer.AdvisorId, date.ToYearMonth(), CancellationToken.None);
        if (offer.Until > now)
        {
            month.Day(date).Find(offer.Hold).ShouldNotBeNull($"what is offered is kept: {offer}").Expires.ShouldBe(offer.Until, $"{offer}");
        }
    }

    /// <summary>Of what was given back, the public gets only what nobody can be offered who was waiting then.</summary>
    private static async Task ShouldNotBeForgottenAsync(World world, Product product, IReadOnlyList<WaitingPerson> people, IReadOnlyList<Call> calls, Instant now)
    {
        var since = calls.Where(call => call.Asked is Asked.Wait { } && call.Answered is Answered.Listed)
            .Select(call => (((Asked.Wait)call.Asked).Name, call.Until))
            .ToLookup(listed => listed.Name, listed => listed.Until);
        var cancelled = calls.Select(call => call.Answered).OfType<Answered.Appointment>().Select(answer => answer.View)
            .Where(view => view is { Workshop: null, Status: AppointmentStatus.Cancelled }).Distinct();
        foreach (var view in cancelled)
        {
            AppointmentReference.TryParse(view.Reference, out var reference).ShouldBeTrue();
            var history = await product.Get<IAppointmentStore>().ReadHistoryAsync(reference, CancellationToken.None);
            var at = history.Changes.Single(change => change.Version == view.Version && change.Action == ChangeActions.Cancelled).At;
            var left = people
                .Where(person => since[person.Citizen.Name].Any(until => until < at)
                    && person.Offers.Count(offer => offer.Until > now) < WaitingPerson.MaxOpenOffers
                    && !person.Offers.Any(offer => offer.Start.InZone(world.Territory.Zone).LocalDateTime == view.Start))
                .Select(person => person.Citizen.Name)
                .ToList();
            if (left.Count > 0)
            {
                var search = new SlotSearch(world.Territory, "premiers-pas", view.Start.Date, 1) { Advisor = new AdvisorId(view.Advisor) };
                var free = (await product.Get<SearchSlots>().ExecuteAsync(search, CancellationToken.None)).Value.Slots;
                free.Where(slot => slot.Start == view.Start && slot.Free > 0).ShouldBeEmpty(
                    $"{view} was given back and is anyone's, while {string.Join(", ", left)} wait");
            }
        }
    }
}
