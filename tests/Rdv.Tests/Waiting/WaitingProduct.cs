using NodaTime;
using Rdv.Appointments;
using Rdv.Booking;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.People;
using Rdv.Tests.Infrastructure;
using Rdv.Waiting;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Waiting;

/// <summary>Someone who asks to be called: each test states what matters to it.</summary>
internal sealed record ARequest(string Phone, string Name = "Odette Fictive", string Topic = "premiers-pas", string? Insee = null, string? Key = null, Actor By = Actor.Citizen, bool Signs = false)
{
    public CallbackRequest In(World world) => new(
        world.Territory, Topic, Insee, new CitizenForm(Name, Phone), null, By, RequestIdentity.Of("callback", Key, $"{Phone}|{Name}|{Topic}|{Insee}"))
    {
        Signs = Signs,
    };
}

internal static class WaitingProduct
{
    public static Task<Result<Listed>> TryAskAsync(this Product product, World world, ARequest request) =>
        product.Get<AskToBeCalled>().ExecuteAsync(request.In(world), TestContext.Current.CancellationToken);

    public static async Task<WaitingPerson> AskAsync(this Product product, World world, ARequest request)
    {
        // Nobody asks at the same instant as another: the list has an order.
        world.Clock.AdvanceSeconds(1);
        var listed = (await product.TryAskAsync(world, request)).Value;
        return (await product.WaitingAsync(listed.Id)).ShouldNotBeNull();
    }

    /// <summary>Who has an appointment asks for an earlier one.</summary>
    public static async Task<WaitingPerson> AskForEarlierAsync(this Product product, World world, Appointment appointment)
    {
        world.Clock.AdvanceSeconds(1);
        var access = new Access.ByKey(product.Get<Links>().KeyOf(appointment));
        var listed = (await product.Get<AskForEarlier>().ExecuteAsync(appointment.Reference, access, TestContext.Current.CancellationToken)).Value;
        return (await product.WaitingAsync(listed.Id)).ShouldNotBeNull();
    }

    /// <summary>Null when they do not wait.</summary>
    public static async Task<WaitingPerson?> WaitingAsync(this Product product, WaitingId id) =>
        (await product.Get<IWaitingStore>().FindAsync(id, TestContext.Current.CancellationToken))?.Value;

    public static Access KeyOf(this Product product, WaitingPerson person) => new Access.ByKey(product.Get<Links>().KeyOf(person));

    public static Task<Result<Booked>> ClaimAsync(this Product product, WaitingPerson person, Instant? start = null) =>
        product.Get<ClaimOffer>().ExecuteAsync(
            new ClaimRequest(person.Id, product.KeyOf(person), start, null), TestContext.Current.CancellationToken);

    /// <summary>What is to be done, but for the forgetting of appointments that were cancelled, months later.</summary>
    public static async Task<IReadOnlyList<string>> ChoresAsync(this World world) =>
        [.. (await world.RowsAsync("due|chore|")).Select(row => row.RowKey.Split('|')).Where(key => key[4] != ChoreKinds.Forget || key[3][0] == Subject.WaitingLetter).Select(key => key[4])];

    /// <summary>Whether the public could book the slot.</summary>
    public static async Task<bool> IsOfferedToAllAsync(this Product product, World world, string wallTime)
    {
        var start = AnAppointment.Wall(wallTime);
        return (await product.SearchAsync(start.Date, days: 1)).Slots.Any(slot => slot.Start == start && slot.PlaceId == Directories.Place);
    }
}
