using NodaTime;
using Rdv.Agenda;
using Rdv.Booking;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Agenda;

/// <summary>What a process remembers of an agenda, beside another process that it hears nothing of.</summary>
public sealed class RecentAgendasTests(TableStorage storage) : ProductTest(storage)
{
    private static readonly LocalDate Tuesday = new(2026, 11, 24);
    private static readonly LocalDateTime Nine = new(2026, 11, 24, 9, 0);

    [Fact]
    public async Task What_is_booked_here_is_gone_from_the_page_at_once_and_back_when_it_is_cancelled()
    {
        var (_, product) = await StartRememberingAsync();
        var booked = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await product.Storage.DuringAsync(async () => (await FreeAsync(product)).ShouldNotContain(Nine))).ShouldBeEmpty();
        await product.MoveAsync(booked, "2026-11-24T11:00");
        (await product.Storage.DuringAsync(async () => (await FreeAsync(product)).ShouldContain(Nine))).ShouldBeEmpty();
        (await FreeAsync(product)).ShouldNotContain(Nine.PlusHours(2));
        await product.CancelAsync(booked);
        (await FreeAsync(product)).ShouldContain(Nine.PlusHours(2));
        await product.HoldAsync("2026-11-24T09:00");
        (await FreeAsync(product)).ShouldNotContain(Nine);
    }

    [Fact]
    public async Task What_is_booked_elsewhere_is_gone_within_two_seconds_and_back_when_it_is_cancelled()
    {
        var (world, product) = await StartRememberingAsync();
        var other = world.Start();
        var booked = await other.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        product.Time.Skip(RecentAgendas.MaxAge);
        (await FreeAsync(product)).ShouldNotContain(Nine);
        await other.CancelAsync(booked);
        product.Time.Skip(RecentAgendas.MaxAge);
        (await FreeAsync(product)).ShouldContain(Nine);
    }

    /// <summary>What nobody has written since is not read into days again: it must be what was asked for all the same.</summary>
    [Fact]
    public async Task Who_looks_further_ahead_than_those_before_sees_what_is_booked_there()
    {
        var (world, product) = await StartAsync();
        product.Time.Stop();
        await world.Start().BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await product.SearchAsync(Tuesday.PlusDays(-4), 2)).Slots.ShouldNotBeEmpty();
        (await product.SearchAsync(Tuesday.PlusDays(-4), 7)).Slots.ShouldNotContain(slot => slot.Start == Nine);
        product.Time.Skip(RecentAgendas.MaxAge);
        (await product.SearchAsync(Tuesday.PlusDays(-4), 2)).Slots.ShouldNotBeEmpty();
        (await product.SearchAsync(Tuesday.PlusDays(-4), 14)).Slots.ShouldNotContain(slot => slot.Start == Nine);
    }

    [Fact]
    public async Task Hours_that_are_changed_elsewhere_are_on_the_page_within_two_seconds()
    {
        var (world, product) = await StartRememberingAsync();
        var other = world.Start();
        (await other.Get<ChangeOpeningHours>().ExecuteAsync(
            world.Territory, new AdvisorId("a1"), [new OpeningHours([2], new LocalTime(14, 0), new LocalTime(17, 0), Directories.Place)], default)).Refusal.ShouldBeNull();
        product.Time.Skip(RecentAgendas.MaxAge);
        var free = await FreeAsync(product);
        free[0].ShouldBe(Nine.PlusHours(5));
        free.ShouldAllBe(start => start.Hour >= 14);
    }

    [Fact]
    public async Task What_was_sold_elsewhere_a_moment_ago_is_never_sold_twice_and_the_page_knows_better_from_then_on()
    {
        var (world, product) = await StartRememberingAsync();
        await world.Start().BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await FreeAsync(product)).ShouldContain(Nine);

        var refusal = (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        refusal.Alternatives.ShouldNotBeEmpty();
        refusal.Alternatives.ShouldNotContain(slot => slot.Start == Nine);
        (await FreeAsync(product)).ShouldNotContain(Nine);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task The_next_advisor_takes_what_the_first_has_lost_elsewhere_a_moment_ago()
    {
        var (world, product) = await StartRememberingAsync(advisors: 3);
        var first = await world.Start().BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        AdvisorId? second = null;
        (await product.Storage.DuringAsync(async () => second = (await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"))).AdvisorId))
            .ShouldBe(["point", "point", "transaction"]);
        second.ShouldNotBe(first.AdvisorId);
        (await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"))).AdvisorId.ShouldNotBeOneOf(first.AdvisorId, second!.Value);
        (await product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))).Refusal.ShouldBeOfType<Refusal.SlotTaken>();
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task What_was_given_back_elsewhere_a_moment_ago_is_not_refused()
    {
        var (world, product) = await StartAsync(advisors: 2);
        product.Time.Stop();
        var first = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        var second = await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await FreeAsync(product)).ShouldNotContain(Nine);

        var other = world.Start();
        await other.CancelAsync(second);
        (await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"))).AdvisorId.ShouldBe(second.AdvisorId);
        await other.CancelAsync(first);
        (await product.HoldAsync("2026-11-24T09:00")).AdvisorId.ShouldBe(first.AdvisorId);
    }

    [Fact]
    public async Task A_hold_that_is_asked_for_again_elsewhere_is_the_same_hold()
    {
        var (world, product) = await StartRememberingAsync(advisors: 3);

        // The first advisor is taken elsewhere, so that the order here and there is not the same.
        var other = world.Start();
        await other.BookAsync(new AnAppointment().At("2026-11-24T14:00").With("a1"));
        await other.BookAsync(new AnAppointment().At("2026-11-24T15:00").With("a2"));
        var first = (await other.TryHoldAsync("2026-11-24T09:00", key: "twice")).Value;
        var again = (await product.TryHoldAsync("2026-11-24T09:00", key: "twice")).Value;
        (again.Token, again.Repeated).ShouldBe((first.Token, true));
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task After_a_lost_answer_nothing_is_taken_for_known()
    {
        var (world, product) = await StartRememberingAsync();
        product.Storage.FailTransactions(StorageFault.AnswerLost, times: 3);
        await product.BookAsync(new AnAppointment().At("2026-11-24T09:00"));
        (await FreeAsync(product)).ShouldNotContain(Nine);
        await Consistency.ShouldHoldAsync(world, product);
    }

    [Fact]
    public async Task A_read_that_failed_is_told_and_the_next_one_reads_again()
    {
        var (_, product) = await StartRememberingAsync();
        product.Time.Skip(RecentAgendas.MaxAge);
        product.Storage.Fault = _ => StorageFault.NotReached;
        await Should.ThrowAsync<StorageUnavailableException>(() => FreeAsync(product));
        product.Storage.Mend();
        (await FreeAsync(product)).ShouldContain(Nine);
    }

    [Fact]
    public async Task Of_a_crowd_on_two_hours_two_get_one_and_the_others_are_told()
    {
        var (world, product) = await StartRememberingAsync(advisors: 2);
        var all = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => product.TryBookAsync(new AnAppointment().At("2026-11-24T09:00"))));
        all.Count(result => result.Refusal is null).ShouldBe(2);
        all.Count(result => result.Refusal is Refusal.SlotTaken).ShouldBe(28);
        await Consistency.ShouldHoldAsync(world, product);
    }

    private static async Task<IReadOnlyList<LocalDateTime>> FreeAsync(Product product) =>
        [.. (await product.SearchAsync(Tuesday, days: 1)).Slots.Select(slot => slot.Start)];

    /// <summary>A process that has just read the week, and for which time stands still.</summary>
    private async Task<(World World, Product Product)> StartRememberingAsync(int advisors = 1)
    {
        var (world, product) = await StartAsync(advisors);
        product.Time.Stop();
        await product.SearchAsync(new LocalDate(2026, 11, 23), days: 14);
        return (world, product);
    }
}
