using NodaTime;
using Rdv.Absences;
using Rdv.Appointments;
using Rdv.People;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Concurrency;

/// <summary>The checker sees what is wrong, and nothing else: histories written by hand, of two advisors who receive from 8:00 to 20:00.</summary>
public sealed class CheckerTests
{
    private static readonly LocalDate Day = new(2026, 11, 30);
    private static readonly LocalDateTime Nine = Day.At(new LocalTime(9, 0));
    private static readonly LocalDateTime Ten = Day.At(new LocalTime(10, 0));
    private static readonly LocalDateTime Later = Ten.PlusDays(3);
    private static readonly Session[] Course = [.. new[] { 1, 2, 3 }.Select(number => new Session($"s{number}", "a1", Ten.PlusWeeks(number)))];
    private static readonly View Odette = new("69-ODETTE", AppointmentStatus.Booked, 1, "a1", Nine);
    private static readonly View Jean = new("69-JEAN", AppointmentStatus.Booked, 1, "a1", Nine);

    private readonly List<Call> _calls = [];
    private readonly List<StoredAppointment> _appointments = [];
    private readonly List<string> _absences = [];
    private readonly List<(string Advisor, int Number)> _calendars = [];
    private int _hours = 1;
    private IReadOnlyList<Commit>? _commits;
    private WorkshopView _workshop = new("w", 1, Later, IsCancelled: false);

    [Fact]
    public void A_booking_that_is_stored_is_right()
    {
        Booked(1, 2, "Odette", Odette);
        Stored("Odette", Odette);
        IsRight();
    }

    [Fact]
    public void Two_bookings_of_one_slot_are_noticed()
    {
        Booked(1, 4, "Odette", Odette);
        Booked(2, 3, "Jean", Jean);
        Stored("Odette", Odette);
        Stored("Jean", Jean);
        IsWrong();
    }

    [Fact]
    public void Two_bookings_that_overlap_by_half_are_noticed()
    {
        Booked(1, 4, "Odette", Odette);
        var jean = Jean with { Start = Nine.PlusMinutes(30) };
        Booked(2, 3, "Jean", jean);
        Stored("Odette", Odette);
        Stored("Jean", jean);
        IsWrong();
    }

    [Fact]
    public void A_slot_is_booked_again_once_it_was_cancelled()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 6, new Asked.Cancel(Odette.Reference), Shown(Cancelled(Odette)));
        Booked(4, 5, "Jean", Jean);
        Stored("Odette", Cancelled(Odette), ChangeActions.Cancelled);
        Stored("Jean", Jean);
        IsRight();
    }

    [Fact]
    public void A_slot_that_is_booked_again_before_it_was_cancelled_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Booked(3, 4, "Jean", Jean);
        Add(5, 6, new Asked.Cancel(Odette.Reference), Shown(Cancelled(Odette)));
        Stored("Odette", Cancelled(Odette), ChangeActions.Cancelled);
        Stored("Jean", Jean);
        IsWrong();
    }

    [Fact]
    public void A_booking_that_was_answered_and_is_gone_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        IsWrong("is not stored");
    }

    [Fact]
    public void A_booking_that_was_made_twice_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Stored("Odette", Odette);
        Stored("Odette", Jean with { Start = Ten });
        IsWrong("was booked 2 times");
    }

    [Fact]
    public void A_booking_that_was_refused_and_is_stored_is_noticed()
    {
        Booked(1, 2, "Jean", Jean);
        Add(3, 4, Book("Odette", "a1", Nine), Refused("slot-taken"));
        Stored("Jean", Jean);
        Stored("Odette", Odette with { Advisor = "a2" });
        IsWrong("that was refused is stored");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_booking_without_an_answer_may_have_been_made_or_not(bool made)
    {
        Add(1, 2, Book("Odette", "a1", Nine), new Answered.Nothing());
        Searched(3, 4, "a1", made ? [Nine] : []);
        if (made)
        {
            Stored("Odette", Odette);
        }

        IsRight();
    }

    [Fact]
    public void A_booking_without_an_answer_may_be_made_late()
    {
        Add(1, 2, Book("Odette", "a1", Nine), new Answered.Nothing());
        Searched(3, 4, "a1", taken: []);
        Searched(5, 6, "a1", taken: [Nine]);
        Stored("Odette", Odette);
        IsRight();
    }

    [Fact]
    public void A_booking_that_comes_and_goes_is_noticed()
    {
        Add(1, 2, Book("Odette", "a1", Nine), new Answered.Nothing());
        Searched(3, 4, "a1", taken: [Nine]);
        Searched(5, 6, "a1", taken: []);
        Stored("Odette", Odette);
        IsWrong();
    }

    [Fact]
    public void A_booking_that_was_made_before_it_was_asked_for_is_noticed()
    {
        Searched(1, 2, "a1", taken: [Nine]);
        Add(3, 4, Book("Odette", "a1", Nine), new Answered.Nothing());
        Stored("Odette", Odette);
        IsWrong();
    }

    [Fact]
    public void A_search_that_misses_what_was_answered_before_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Searched(3, 4, "a1", taken: []);
        Stored("Odette", Odette);
        IsWrong();
    }

    [Fact]
    public void A_search_beside_a_booking_may_see_it_or_not()
    {
        Booked(1, 6, "Odette", Odette);
        Searched(2, 3, "a1", taken: []);
        Searched(4, 5, "a1", taken: [Nine]);
        Stored("Odette", Odette);
        IsRight();
    }

    [Fact]
    public void A_read_of_what_was_changed_before_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, new Asked.Cancel(Odette.Reference), Shown(Cancelled(Odette)));
        Add(5, 6, new Asked.Read(Odette.Reference), Shown(Odette));
        Stored("Odette", Cancelled(Odette), ChangeActions.Cancelled);
        IsWrong();
    }

    [Fact]
    public void A_slot_that_is_refused_and_free_is_noticed()
    {
        Add(1, 2, Book("Odette", "a1", Nine), Refused("slot-taken"));
        IsWrong();
    }

    [Fact]
    public void A_slot_that_is_refused_though_another_advisor_is_free_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, Book("Jean", null, Nine), Refused("slot-taken"));
        Stored("Odette", Odette);
        IsWrong();
    }

    [Fact]
    public void A_slot_that_may_have_been_taken_for_a_moment_is_rightly_refused()
    {
        Booked(1, 6, "Odette", Odette);
        Add(2, 3, Book("Jean", "a1", Nine), Refused("slot-taken"));
        Add(7, 8, new Asked.Cancel(Odette.Reference), Shown(Cancelled(Odette)));
        Stored("Odette", Cancelled(Odette), ChangeActions.Cancelled);
        IsRight();
    }

    [Fact]
    public void Time_that_is_held_is_nobody_elses_until_holds_end()
    {
        Add(1, 2, new Asked.Hold("hold", "a1", Nine), new Answered.Held("a1"));
        Add(3, 4, Book("Jean", "a1", Nine), Refused("slot-taken"));
        Add(5, 6, new Asked.Expire(), new Answered.Done());
        Booked(7, 8, "Odette", Odette);
        Stored("Odette", Odette);
        IsRight();
    }

    [Fact]
    public void A_booking_over_the_hold_of_another_is_noticed()
    {
        Add(1, 2, new Asked.Hold("hold", "a1", Nine), new Answered.Held("a1"));
        Booked(3, 4, "Odette", Odette);
        Stored("Odette", Odette);
        IsWrong();
    }

    /// <param name="again">When it was asked for again: the first was answered at 4.</param>
    [Theory]
    [InlineData(2, null, true)]
    [InlineData(5, null, false)]
    [InlineData(2, "a1", false)]
    public void A_hold_in_two_places_is_noticed_unless_any_advisor_was_asked_for_twice_at_once(long again, string? advisor, bool right)
    {
        Add(1, 4, new Asked.Hold("hold", advisor, Nine), new Answered.Held("a1"));
        Add(again, again + 1, new Asked.Hold("hold", advisor, Nine), new Answered.Held("a2"));
        Is(right);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(2, false)]
    public void A_move_to_a_colleague_is_one_change(int free, bool right)
    {
        var moved = Odette with { Version = 2, Advisor = "a2" };
        Booked(1, 2, "Odette", Odette);
        Add(3, 6, new Asked.Move(Odette.Reference, "a2", Nine, null), Shown(moved));
        Searched(4, 5, null, _ => 2, (Nine.PlusMinutes(-30), 1), (Nine, free), (Nine.PlusMinutes(30), 1));
        Stored("Odette", moved, ChangeActions.Moved);
        Is(right);
    }

    /// <param name="began">Of the search; the instance may know what was up to ten ticks ago.</param>
    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, true)]
    [InlineData(11, 2, true)]
    [InlineData(13, 2, false)]
    [InlineData(13, 1, true)]
    [InlineData(13, 0, false)]
    public void What_is_remembered_may_be_old_but_not_too_old(long began, int free, bool right)
    {
        Booked(1, 2, "Odette", Odette);
        Searched(began, began + 1, null, _ => 2, (Nine.PlusMinutes(-30), free), (Nine, free), (Nine.PlusMinutes(30), free));
        Stored("Odette", Odette);
        (Check(staleness: 10).Violations.Count == 0).ShouldBe(right);
    }

    /// <param name="ended">Of the booking at ten; the move from nine to two begins at 6. Between the two, half past nine is free.</param>
    [Theory]
    [InlineData(15, true)]
    [InlineData(5, false)]
    public void What_ran_at_once_may_be_remembered_in_either_order(long ended, bool right)
    {
        var (moved, two) = (Odette with { Version = 2, Start = Day.At(new LocalTime(14, 0)) }, Day.At(new LocalTime(14, 0)));
        Booked(1, 2, "Odette", Odette);
        Booked(4, ended, "Jean", Jean with { Start = Ten });
        Add(6, 20, new Asked.Move(Odette.Reference, "a1", two, null), Shown(moved));
        Searched(21, 22, null, _ => 2, [(Nine.PlusMinutes(30), 2), .. new[] { -30, 0, 60, 90, 270, 300, 330 }.Select(minutes => (Nine.PlusMinutes(minutes), 1))]);
        Stored("Odette", moved, ChangeActions.Moved);
        Stored("Jean", Jean with { Start = Ten });
        (Check(staleness: 16).Violations.Count == 0).ShouldBe(right);
    }

    [Fact]
    public void A_hold_that_nobody_was_answered_may_be_remembered()
    {
        Add(1, 2, new Asked.Hold("hold", "a1", Nine), new Answered.Nothing());
        Searched(30, 31, null, _ => 2, (Nine.PlusMinutes(-30), 1), (Nine, 1), (Nine.PlusMinutes(30), 1));
        Searched(32, 33, null, _ => 2);
        Check(staleness: 10).Violations.ShouldBeEmpty();
        Searched(34, 35, null, _ => 2, (Nine, 0));
        Check(staleness: 10).Violations.ShouldHaveSingleItem().ShouldContain("09:00×0 (1 to 2 are possible)");
    }

    [Fact]
    public void A_move_that_was_refused_and_made_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, new Asked.Move(Odette.Reference, null, Ten, 1), Refused("stale"));
        Stored("Odette", Odette with { Version = 2, Start = Ten }, ChangeActions.Moved);
        IsWrong("nobody asked for");
    }

    [Fact]
    public void A_move_that_was_made_twice_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        var (first, second, again) = (Odette with { Version = 2, Start = Ten }, Odette with { Version = 3, Start = Nine }, Odette with { Version = 4, Start = Ten });
        Add(3, 8, new Asked.Move(Odette.Reference, null, Ten, null), Shown(again));
        Add(4, 5, new Asked.Read(Odette.Reference), Shown(first));
        Add(6, 7, new Asked.Move(Odette.Reference, null, Nine, null), Shown(second));
        Stored("Odette", again, ChangeActions.Moved, ChangeActions.Moved, ChangeActions.Moved);
        IsWrong();
    }

    [Fact]
    public void An_absence_cancels_what_is_inside_and_nothing_else()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, new Asked.Absent("closed", "a1", Nine, Ten, InsideMode.Cancel), new Answered.Closed(Created: true));
        _absences.Add("closed");
        _appointments.Add(ByTheAdvisor("Odette", Cancelled(Odette)));
        IsRight();

        _appointments.Clear();
        _calls.RemoveAt(0);
        Booked(1, 2, "Odette", Odette with { Start = Ten });
        _appointments.Add(ByTheAdvisor("Odette", Cancelled(Odette with { Start = Ten })));
        IsWrong();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_closure_closes_every_advisor(bool isTakenBack)
    {
        Add(1, 2, new Asked.Absent("closed", Advisor: null, Nine, Ten, InsideMode.Refuse), new Answered.Closed(Created: true));
        if (isTakenBack)
        {
            Add(3, 4, new Asked.Return("closed"), new Answered.Done());
        }
        else
        {
            _absences.Add("closed");
        }

        Booked(5, 6, "Odette", Odette with { Advisor = "a2" });
        Stored("Odette", Odette with { Advisor = "a2" });
        Is(isTakenBack);
    }

    [Fact]
    public void An_absence_over_an_appointment_that_was_to_be_refused_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, new Asked.Absent("closed", "a1", Nine, Ten, InsideMode.Refuse), new Answered.Closed(Created: true));
        _absences.Add("closed");
        Stored("Odette", Odette);
        IsWrong();
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_noticed()
    {
        Booked(1, 2, "Odette", Odette);
        _appointments.Add(ByTheAdvisor("Odette", Cancelled(Odette)));
        IsWrong("nobody asked for");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Hours_tell_each_appointment_that_they_leave_outside(bool told)
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 4, new Asked.Hours("a1", new LocalTime(10, 30), new LocalTime(20, 0)), new Answered.Rewritten(2, told ? [Odette.Reference] : []));
        _hours = 2;
        Stored("Odette", Odette);
        Is(told);
    }

    [Fact]
    public void A_booking_outside_the_hours_of_before_is_noticed()
    {
        Add(1, 2, new Asked.Hours("a1", new LocalTime(10, 30), new LocalTime(20, 0)), new Answered.Rewritten(2, []));
        Booked(3, 4, "Odette", Odette);
        _hours = 2;
        Stored("Odette", Odette);
        IsWrong();
    }

    [Theory]
    [InlineData(Model.Seats, true)]
    [InlineData(Model.Seats + 1, false)]
    public void A_workshop_has_so_many_seats_and_no_more(int taken, bool right)
    {
        for (var seat = 0; seat < taken; seat++)
        {
            Seated(seat);
        }

        Is(right);
    }

    [Fact]
    public void A_seat_that_is_given_back_can_be_had()
    {
        Seated(0);
        Seated(1);
        Seated(2);
        Add(20, 21, new Asked.Cancel("69-SEAT0"), Shown(Cancelled(Seat(0))));
        _appointments[0] = new StoredAppointment(
            "Seat 0", Cancelled(Seat(0)), [new StoredChange(1, ChangeActions.Booked, Actor.Citizen), new StoredChange(2, ChangeActions.Cancelled, Actor.Citizen)]);
        Seated(30);
        IsRight();
    }

    [Theory]
    [InlineData(Model.Seats, true)]
    [InlineData(Model.Seats - 1, false)]
    public void A_seat_is_refused_when_there_is_none(int taken, bool right)
    {
        for (var seat = 0; seat < taken; seat++)
        {
            Seated(seat);
        }

        Add(20, 21, Book("Odette", "a1", Later) with { Workshop = "w" }, Refused("slot-taken"));
        Is(right);
    }

    /// <param name="began">Of the booking: the workshop is cancelled between 3 and 4.</param>
    [Theory]
    [InlineData(1, true)]
    [InlineData(5, false)]
    public void A_seat_in_a_workshop_that_was_cancelled_is_noticed(long began, bool right)
    {
        Add(began, began + 1, Book("Odette", "a1", Later) with { Workshop = "w" }, new Answered.Appointment(Seat(0), Created: true));
        Add(3, 4, new Asked.CancelWorkshop("w"), Shown(_workshop = new WorkshopView("w", 2, Later, IsCancelled: true)));
        _appointments.Add(ByTheAdvisor("Odette", Cancelled(Seat(0))));
        Is(right);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_seat_is_told_of_a_cancellation_that_there_was(bool isCancelled)
    {
        if (isCancelled)
        {
            Add(1, 2, new Asked.CancelWorkshop("w"), Shown(_workshop = new WorkshopView("w", 2, Later, IsCancelled: true)));
        }

        Add(3, 4, Book("Odette", "a1", Later) with { Workshop = "w" }, Refused("invalid"));
        Is(isCancelled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_seat_that_does_not_follow_its_workshop_is_noticed(bool follows)
    {
        Add(1, 2, Book("Odette", "a1", Later) with { Workshop = "w" }, new Answered.Appointment(Seat(0), Created: true));
        var moved = Later.PlusHours(3);
        Add(3, 4, new Asked.MoveWorkshop("w", moved), Shown(_workshop = new WorkshopView("w", 2, moved, IsCancelled: false)));
        if (follows)
        {
            _appointments.Add(new StoredAppointment(
                "Odette",
                Seat(0) with { Version = 2, Start = moved },
                [new StoredChange(1, ChangeActions.Booked, Actor.Citizen), new StoredChange(2, ChangeActions.Moved, Actor.Advisor)]));
            IsRight();
        }
        else
        {
            Stored("Odette", Seat(0));
            IsWrong("a seat where no workshop is");
        }
    }

    [Fact]
    public void Where_a_seat_is_and_where_a_cancelled_one_was_tells_two_models_apart()
    {
        var start = Model.Of(2, new LocalTime(8, 0), new LocalTime(20, 0));
        start.Put(Seat(0)).Fingerprint().ShouldNotBe(start.Put(Seat(0) with { Start = Ten }).Fingerprint());
        start.Put(Cancelled(Odette)).Fingerprint().ShouldNotBe(start.Put(Cancelled(Odette with { Start = Ten })).Fingerprint());
        Laid("69-ODETTE").ShouldNotBe(Laid("69-JEAN"));

        string Laid(string inside) => (start with { Absences = start.Absences.Add("away", new AbsenceNow("a1", Nine, Ten, [inside], Stands: true)) }).Fingerprint();
    }

    [Fact]
    public void A_seat_follows_its_workshop_each_time_that_somebody_brings_it_along()
    {
        var (first, second) = (Later.PlusHours(1), Later.PlusHours(2));
        Add(1, 2, Book("Odette", "a1", Later) with { Workshop = "w" }, new Answered.Appointment(Seat(0), Created: true));
        Add(3, 9, new Asked.MoveWorkshop("w", first), new Answered.Nothing());
        Add(10, 20, new Asked.MoveWorkshop("w", first), Shown(new WorkshopView("w", 2, first, IsCancelled: false)));
        Add(30, 40, new Asked.MoveWorkshop("w", second), Shown(_workshop = new WorkshopView("w", 3, second, IsCancelled: false)));
        Add(50, 60, new Asked.Read(Seat(0).Reference), Shown(Seat(0) with { Version = 3, Start = second }));
        _appointments.Add(new StoredAppointment(
            "Odette",
            Seat(0) with { Version = 3, Start = second },
            [new StoredChange(1, ChangeActions.Booked, Actor.Citizen), new StoredChange(2, ChangeActions.Moved, Actor.Advisor), new StoredChange(3, ChangeActions.Moved, Actor.Advisor)]));
        IsRight();
    }

    /// <param name="minutes">After the workshop begins.</param>
    [Theory]
    [InlineData(-60, true)]
    [InlineData(-30, false)]
    [InlineData(90, false)]
    [InlineData(120, true)]
    public void Nothing_is_booked_into_a_workshop(int minutes, bool right)
    {
        var odette = Odette with { Start = Later.PlusMinutes(minutes) };
        Booked(1, 2, "Odette", odette);
        Stored("Odette", odette);
        Is(right);
    }

    /// <param name="hours">How far the workshop is moved.</param>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(4, true)]
    public void A_workshop_that_is_moved_over_an_appointment_is_noticed(int hours, bool right)
    {
        var odette = Odette with { Start = Later.PlusHours(3) };
        Booked(1, 2, "Odette", odette);
        Stored("Odette", odette);
        var moved = Later.PlusHours(hours);
        Add(3, 4, new Asked.MoveWorkshop("w", moved), Shown(_workshop = new WorkshopView("w", 2, moved, IsCancelled: false)));
        Is(right);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void Half_of_a_course_is_noticed(int sessions, bool right)
    {
        string[] references = ["69-S1", "69-S2", "69-S3"];
        Add(1, 2, new Asked.Enrol("Odette"), new Answered.Enrolled(references[..sessions], Created: true));
        for (var number = 0; number < sessions; number++)
        {
            Stored("Odette", new View(references[number], AppointmentStatus.Booked, 1, "a1", Course[number].Start, Course[number].Id));
        }

        Is(right);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_is_booked_into_a_calendar_that_was_linked(bool isRemoved)
    {
        var day = PublishedHours.Of(1).From;
        Add(1, 2, new Asked.Link("k", "a1", 1), new Answered.Linked([], Created: true));
        if (isRemoved)
        {
            Add(3, 4, new Asked.Unlink("k"), new Answered.Done());
        }
        else
        {
            _calendars.Add(("a1", 1));
        }

        var odette = Odette with { Start = day };
        Booked(5, 6, "Odette", odette);
        Stored("Odette", odette);
        Is(isRemoved);
    }

    [Theory]
    [InlineData("home", 0, false)]
    [InlineData("home", 30, true)]
    [InlineData("phone", 0, true)]
    public void The_way_to_a_home_is_left_free(string means, int minutes, bool right)
    {
        var odette = Odette with { Means = means };
        var jean = Jean with { Start = Ten.PlusMinutes(minutes) };
        Add(1, 2, Book("Odette", "a1", Nine) with { Means = means }, new Answered.Appointment(odette, Created: true));
        Booked(3, 4, "Jean", jean);
        Stored("Odette", odette);
        Stored("Jean", jean);
        Is(right);
    }

    /// <summary>Answered or not, it is there once it was written: whoever looks after that sees it.</summary>
    /// <param name="heard">When the cancellation, which is sent at 3, was confirmed; 0 where nobody listened, null where nobody heard.</param>
    [Theory]
    [InlineData(false, 0L, true)]
    [InlineData(false, null, true)]
    [InlineData(false, 5L, false)]
    [InlineData(true, 0L, true)]
    [InlineData(true, null, true)]
    [InlineData(true, 5L, false)]
    public void What_was_written_is_seen_from_then_on(bool answered, long? heard, bool right)
    {
        Booked(1, 2, "Odette", Odette);
        Add(3, 20, new Asked.Cancel(Odette.Reference), answered ? Shown(Cancelled(Odette)) : new Answered.Nothing());
        Searched(10, 11, "a1", [Nine]);
        Stored("Odette", Cancelled(Odette), ChangeActions.Cancelled);
        _commits = heard == 0 ? null : [Wrote(call: 2, heard, $"log|{Odette.Reference[3..]}|change|000002|cancelled")];
        Is(right);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Who_wrote_nothing_did_nothing(bool wrote, bool right)
    {
        Add(1, 2, new Asked.Hold("hold", "a1", Nine), new Answered.Held("a1"));
        Add(3, 4, new Asked.Release("hold", "a1", Day), new Answered.Nothing());
        Booked(10, 11, "Odette", Odette);
        Stored("Odette", Odette);
        _commits = wrote ? [Wrote(call: 2, heard: 5, "agenda")] : [];
        Is(right);
    }

    [Fact]
    public void An_answer_that_is_none_of_the_contract_is_noticed()
    {
        Add(1, 2, Book("Odette", "a1", Nine), Refused("500 "));
        IsWrong("nothing justifies");
    }

    private static Commit Wrote(int call, long? heard, string key) => new(call, [new WrittenRow(key, new Dictionary<string, System.Text.Json.JsonElement>())], Sent: 3, heard);

    private static Asked.Book Book(string name, string? advisor, LocalDateTime start) => new(name, Keyed: true, advisor, start, HoldKey: null);

    private static View Seat(int number) => new($"69-SEAT{number}", AppointmentStatus.Booked, 1, "a1", Later, "w");

    private static Answered.Appointment Shown(View view) => new(view, Created: false);

    private static Answered.Workshop Shown(WorkshopView view) => new(view, Created: false);

    private static Answered.Refused Refused(string code) => new(code, []);

    private static View Cancelled(View view) => view with { Status = AppointmentStatus.Cancelled, Version = view.Version + 1 };

    private static StoredAppointment ByTheAdvisor(string name, View view) =>
        new(name, view, [new StoredChange(1, ChangeActions.Booked, Actor.Citizen), new StoredChange(2, ChangeActions.Cancelled, Actor.Advisor)]);

    private void Add(long began, long ended, Asked asked, Answered answered) => _calls.Add(new Call(_calls.Count + 1, "c", asked, answered, began, ended));

    private void Booked(long began, long ended, string name, View view) =>
        Add(began, ended, Book(name, view.Advisor, view.Start), new Answered.Appointment(view, Created: true));

    /// <param name="number">Of the seat; also when it is booked.</param>
    private void Seated(int number)
    {
        var asked = Book($"Seat {number}", "a1", Later) with { Workshop = "w" };
        Add((2 * number) + 1, (2 * number) + 2, asked, new Answered.Appointment(Seat(number), Created: true));
        Stored(asked.Name, Seat(number));
    }

    /// <param name="taken">The starts of what the search sees booked.</param>
    private void Searched(long began, long ended, string advisor, LocalDateTime[] taken) => Searched(
        began, ended, advisor, start => taken.Any(other => start < other.PlusMinutes(60) && other < start.PlusMinutes(60)) ? 0 : 1);

    private void Searched(long began, long ended, string? advisor, Func<LocalDateTime, int> free, params (LocalDateTime Start, int Free)[] but)
    {
        var slots = Enumerable.Range(0, 23).Select(number => Day.At(new LocalTime(8, 0)).PlusMinutes(30 * number)).ToDictionary(start => start, free);
        foreach (var (start, count) in but)
        {
            slots[start] = count;
        }

        Add(began, ended, new Asked.Search(advisor, Day), new Answered.Slots(slots.Where(slot => slot.Value > 0).ToDictionary()));
    }

    /// <param name="changes">After the booking, by the citizen.</param>
    private void Stored(string name, View view, params string[] changes) => _appointments.Add(new StoredAppointment(
        name, view, [.. changes.Prepend(ChangeActions.Booked).Select((action, index) => new StoredChange(index + 1, action, Actor.Citizen))]));

    private void Is(bool right)
    {
        if (right)
        {
            IsRight();
        }
        else
        {
            IsWrong();
        }
    }

    private void IsRight()
    {
        var result = Check();
        result.Violations.ShouldBeEmpty();
        result.Undecided.ShouldBeNull();
    }

    /// <param name="told">Part of what the checker says; by default that no order explains the answers.</param>
    private void IsWrong(string told = "no order") => Check().Violations.ShouldContain(violation => violation.Contains(told, StringComparison.Ordinal));

    private Checked Check(long staleness = 0) => Checker.Check(
        Course.Aggregate(
            (Model.Of(2, new LocalTime(8, 0), new LocalTime(20, 0)) with { Course = [.. Course] }).Put("w", new WorkshopNow("a1", Later, 1, IsCancelled: false)),
            (model, session) => model.Put(session.Id, new WorkshopNow(session.Advisor, session.Start, 1, IsCancelled: false))),
        _calls,
        new Stored(_appointments, _absences, new Dictionary<string, int> { ["a1"] = _hours, ["a2"] = 1 })
        {
            Calendars = _calendars,
            Commits = _commits,
            Workshops = [("W", "a1", _workshop), .. Course.Select(session => (session.Id, session.Advisor, new WorkshopView(session.Id, 1, session.Start, IsCancelled: false)))],
        },
        staleness);
}
