using NodaTime;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Pages.Shared;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Hotline;

/// <summary>On a landline: the day on which the page, and the operator, promise a call is the day on which it is due.</summary>
public sealed class PromisedCallTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData("2026-11-27T09:00", "jeudi 26 novembre")]
    [InlineData("2026-11-30T09:00", "vendredi 27 novembre")]
    [InlineData("2026-12-16T15:00", "mardi 15 décembre")]
    public async Task It_is_the_same_day(string start, string day)
    {
        var (world, product) = await StartAsync();
        var booked = await product.BookAsync(new AnAppointment().At(start).OnALandline());
        var directory = await product.Get<ITerritoryDirectories>().GetAsync(world.Territory, TestContext.Current.CancellationToken);
        AppointmentCard.Of(booked, directory, world.Clock.GetCurrentInstant()).ReminderOn.ShouldBe(day);

        var calls = (await product.Get<ListCalls>().ExecuteAsync(world.Territory, world.At(start), TestContext.Current.CancellationToken)).Sheets;
        var due = calls.ShouldHaveSingleItem().Call.DueAt.InZone(world.Territory.Zone).Date;
        FrenchDates.Date(due).ShouldStartWith(day);
    }
}
