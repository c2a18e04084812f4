using Rdv.Functions.Booking;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Booking;

/// <summary>It is stored, and storage goes away before the answer is made: "nothing was done" would not be true.</summary>
public sealed class ShownAnswerTests(TableStorage storage) : ProductTest(storage)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_that_cannot_be_shown_is_not_denied(bool forStaff)
    {
        var (world, product) = await StartAsync();
        var booked = await product.TryBookAsync(new AnAppointment());
        var cold = world.Start();
        cold.Storage.Fault = _ => StorageFault.NotReached;
        var answers = cold.Get<BookingAnswers>();
        await Should.ThrowAsync<UnknownOutcomeException>(() => answers.OfAsync(booked, forStaff, default));
        await Should.ThrowAsync<UnknownOutcomeException>(() => answers.OfAsync(booked.Map(done => done.Appointment), forStaff, default));

        // Who only reads is told to come again.
        await Should.ThrowAsync<StorageUnavailableException>(() => answers.ViewAsync(booked.Value.Appointment, forStaff, default));
    }
}
