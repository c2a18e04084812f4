using NodaTime;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;

namespace Rdv.Tests.Simulation;

/// <summary>What is true of an appointment from an instant on.</summary>
/// <param name="IsToldElsewhere">The person hears of it with another session of the course.</param>
/// <param name="IsUnasked">The advisor did it: who gets no SMS has to be called.</param>
internal sealed record Truth(Instant Since, Instant Start, bool IsCancelled, bool IsToldElsewhere = false, bool IsUnasked = false);

/// <summary>The life of one appointment, as who booked, moved and cancelled it knows it.</summary>
internal sealed class Life(AppointmentReference reference, string phone, string person, bool remindedTwoHours)
{
    private readonly List<Truth> _truths = [];

    public AppointmentReference Reference => reference;

    public Territory Territory => reference.Territory;

    /// <summary>E.164.</summary>
    public string Phone => phone;

    public bool RemindedTwoHours => remindedTwoHours;

    /// <summary>It was booked with the other sessions of a course: each has one reminder, and the first tells of them all.</summary>
    public bool IsEnrolled { get; init; }

    /// <summary>The session of a course or the workshop in which it is a seat; null for one with an advisor alone.</summary>
    public string? Session { get; init; }

    /// <summary>What every message says of how one meets; null when that may be left out.</summary>
    public string? Word { get; init; }

    /// <summary>When the reminders of what was true then leave.</summary>
    public ReminderTime RemindersOf(Truth truth) => new(Territory, truth.Start, truth.Since, person);

    /// <summary>By time; the first is the booking.</summary>
    public Truth Last => _truths[^1];

    public int Moves => _truths.Count(truth => !truth.IsCancelled) - 1;

    public bool IsToCome(Instant now) => !Last.IsCancelled && Last.Start > now;

    public void Add(Truth truth) => _truths.Add(truth);

    public Truth At(Instant instant) => _truths.Last(truth => truth.Since <= instant);

    public override string ToString() => $"{reference}, {string.Join(", ", _truths.Select(truth => $"{truth.Since}: {(truth.IsCancelled ? "cancelled" : $"at {truth.Start}")}"))}";
}
