using Shouldly;
using Xunit;

namespace Rdv.Tests.Acceptance;

/// <summary>A citizen's program books, keeps, moves and cancels.</summary>
public abstract class BookingJourneys(Target target) : Journeys(target)
{
    private static readonly Ground Ground = Ground.Booking;

    [Fact]
    public async Task Someone_books_reads_and_cancels_twice()
    {
        NeedsStaff();
        var start = (await Ground.FreeAsync(Visitor))[0];
        var (body, key) = (Ground.BookingAt(start), Guid.NewGuid().ToString());
        var booked = await Visitor.PostAsync("/api/appointments", body, key: key);
        booked.Status.ShouldBe(201, booked.Text);
        var (reference, secret) = (Reference(booked.Json), Key(booked.Json));
        booked.Header("Location").ShouldBe($"/api/appointments/{reference}");
        booked.Json.GetProperty("start").GetString().ShouldBe(start);

        // The same again is the same appointment; the same key for something else is a mistake.
        var again = await Visitor.PostAsync("/api/appointments", body, key: key);
        (again.Status, again.Text).ShouldBe((200, booked.Text));
        (await Visitor.PostAsync("/api/appointments", Ground.BookingAt(start), key: key)).Code.ShouldBe("idempotency-mismatch");

        (await Visitor.GetAsync($"/api/appointments/{reference}?key={secret}")).Text.ShouldBe(booked.Text);
        (await Visitor.GetAsync($"/api/appointments/{reference}?key=0000000000000")).Code.ShouldBe("not-found");

        for (var time = 0; time < 2; time++)
        {
            var cancelled = await Visitor.PostAsync($"/api/appointments/{reference}/cancel", new { key = secret });
            cancelled.Status.ShouldBe(200, cancelled.Text);
            cancelled.Json.GetProperty("status").GetString().ShouldBe("cancelled");
        }

        (await Ground.FreeAsync(Visitor)).ShouldContain(start);
    }

    [Fact]
    public async Task An_hour_that_is_kept_is_booked_by_whom_it_is_kept_for()
    {
        NeedsStaff();
        var start = (await Ground.FreeAsync(Visitor))[1];
        var kept = await Visitor.PostAsync("/api/holds", new { territory = Ground.Territory, topic = Ground.Topic, start, placeId = Ground.Place });
        kept.Status.ShouldBe(201, kept.Text);
        var hold = kept.Json.GetProperty("hold").GetString();

        var other = NewVisitor();
        var refused = await other.PostAsync("/api/appointments", Ground.BookingAt(start));
        (refused.Status, refused.Code).ShouldBe((409, "slot-taken"), refused.Text);
        refused.Json.GetProperty("alternatives").GetArrayLength().ShouldBeInRange(1, 5);

        var booked = await Visitor.PostAsync("/api/appointments", Ground.BookingAt(start, hold: hold));
        booked.Status.ShouldBe(201, booked.Text);
        (await other.PostAsync("/api/appointments", Ground.BookingAt(start))).Code.ShouldBe("slot-taken");
        await CancelAsync(Visitor, booked.Json);
    }

    [Fact]
    public async Task An_hour_that_is_kept_is_given_back()
    {
        NeedsStaff();
        var start = (await Ground.FreeAsync(Visitor))[2];
        var kept = await Visitor.PostAsync("/api/holds", new { territory = Ground.Territory, topic = Ground.Topic, start, placeId = Ground.Place });
        kept.Status.ShouldBe(201, kept.Text);
        (await Visitor.SendAsync(HttpMethod.Delete, kept.Header("Location")!)).Status.ShouldBe(204);
        await CancelAsync(Visitor, await BookAsync(Visitor, Ground, start));
    }

    [Fact]
    public async Task Ten_at_once_for_one_hour_are_one_appointment()
    {
        NeedsStaff();
        var start = (await Ground.FreeAsync(Visitor))[3];
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => NewVisitor().PostAsync("/api/appointments", Ground.BookingAt(start))));
        replies.Count(reply => reply.Status == 201).ShouldBe(1, string.Join('\n', replies.Select(reply => reply.ToString())));
        replies.ShouldAllBe(reply => reply.Status == 201 || reply.Code == "slot-taken" || reply.Code == "busy");
        await CancelAsync(Visitor, replies.Single(reply => reply.Status == 201).Json);
    }

    [Fact]
    public async Task Someone_moves_an_appointment()
    {
        NeedsStaff();
        var free = await Ground.FreeAsync(Visitor);
        var appointment = await BookAsync(Visitor, Ground, free[4]);
        var taken = await BookAsync(NewVisitor(), Ground, free[5]);
        var (address, key) = ($"/api/appointments/{Reference(appointment)}/move", Key(appointment));

        (await Visitor.PostAsync(address, new { key, start = free[5] })).Code.ShouldBe("slot-taken");
        var moved = await Visitor.PostAsync(address, new { key, start = free[6], version = 1 });
        moved.Status.ShouldBe(200, moved.Text);
        (moved.Json.GetProperty("start").GetString(), moved.Json.GetProperty("version").GetInt32()).ShouldBe((free[6], 2));
        (await Visitor.PostAsync(address, new { key, start = free[7], version = 1 })).Code.ShouldBe("stale");

        await CancelAsync(Visitor, appointment);
        await CancelAsync(Visitor, taken);
    }

    [Fact]
    public async Task An_appointment_goes_into_a_calendar()
    {
        NeedsStaff();
        var appointment = await BookAsync(Visitor, Ground, (await Ground.FreeAsync(Visitor))[8]);
        var calendar = await Visitor.GetAsync($"/api/appointments/{Reference(appointment)}/calendar.ics?key={Key(appointment)}");
        (calendar.Status, calendar.MediaType).ShouldBe((200, "text/calendar"));
        calendar.Text.ShouldContain("METHOD:PUBLISH");
        calendar.Text.ShouldContain("BEGIN:VEVENT");
        await CancelAsync(Visitor, appointment);
    }
}
