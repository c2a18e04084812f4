using Rdv.Territories;

namespace Rdv.Ids;

/// <summary>What a message or a call can be about.</summary>
public enum SubjectKind
{
    Appointment,

    /// <summary>A workshop as a whole, as its advisor hears of it.</summary>
    Workshop,

    /// <summary>A person on the waiting list.</summary>
    Waiting,

    /// <summary>A day of an advisor.</summary>
    Day,

    /// <summary>An absence, or a closure.</summary>
    Absence,

    /// <summary>A calendar that an advisor keeps elsewhere.</summary>
    Calendar,
}

/// <summary>What a message or a call is about. Its code is part of the keys of their rows, and tells the kind by its form.</summary>
/// <param name="Code">
/// Of an appointment, the code of its reference: eight capitals and digits. Of anything else a small letter that tells the kind
/// (<c>w</c>, <c>q</c>, <c>d</c>, <c>x</c>, <c>k</c>), then letters and digits.
/// </param>
public readonly record struct Subject(Territory Territory, string Code)
{
    public const char WorkshopLetter = 'w';
    public const char WaitingLetter = 'q';
    public const char DayLetter = 'd';
    public const char AbsenceLetter = 'x';
    public const char CalendarLetter = 'k';

    public SubjectKind Kind => Code[0] switch
    {
        WorkshopLetter => SubjectKind.Workshop,
        WaitingLetter => SubjectKind.Waiting,
        DayLetter => SubjectKind.Day,
        AbsenceLetter => SubjectKind.Absence,
        CalendarLetter => SubjectKind.Calendar,
        _ => SubjectKind.Appointment,
    };

    /// <summary>Null when it is about something else.</summary>
    public AppointmentReference? Reference =>
        Kind == SubjectKind.Appointment && AppointmentReference.TryFromCode(Territory, Code, out var reference) ? reference : null;

    public static implicit operator Subject(AppointmentReference reference) => Of(reference);

    public static Subject Of(AppointmentReference reference) => new(reference.Territory, reference.Code);

    /// <summary>Reads back what <see cref="Code"/> gave.</summary>
    public static bool TryFromCode(Territory territory, string code, out Subject subject)
    {
        subject = new Subject(territory, code);
        return code.Length > 0 && code.All(char.IsAsciiLetterOrDigit) && (subject.Kind != SubjectKind.Appointment || subject.Reference is not null);
    }

    /// <summary>As people and logs name it: the reference of an appointment.</summary>
    public override string ToString() => Reference?.ToString() ?? $"{Territory.Code}-{Code}";
}
