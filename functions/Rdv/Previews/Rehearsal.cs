using System.Globalization;
using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Ids;
using Rdv.Messages;
using Rdv.Territories;
using Rdv.Transactions;
using Rdv.Workshops;

namespace Rdv.Previews;

/// <summary>
/// Storage as it would be: what is written stays here and is read back over what is stored, so that a use case that is given it decides as it
/// would, and nothing leaves. For one change, by one caller.
/// </summary>
internal sealed class Rehearsal(IAgendaStore agenda, IAppointmentStore appointments, IAbsenceStore absences, IWorkshopStore workshops, IChoreStore chores)
    : IAgendaStore, IAppointmentStore, IAbsenceStore, IWorkshopStore, IChoreStore, ITransactions
{
    private readonly Dictionary<(AdvisorId Advisor, YearMonth Month), StoredMonth> _months = [];
    private readonly Dictionary<AppointmentReference, Stored<Appointment>> _appointments = [];
    private readonly Dictionary<(AbsenceOwner Owner, string Id), Stored<Absence>> _absences = [];
    private readonly Dictionary<WorkshopId, Stored<Workshop>> _workshops = [];
    private readonly List<Chore> _chores = [];
    private readonly List<DueMessage> _messages = [];
    private readonly List<CallToMake> _calls = [];
    private int _written;

    /// <summary>The appointments that changed, as they would be.</summary>
    public IEnumerable<Appointment> Changed => _appointments.Values.Select(stored => stored.Value);

    public IEnumerable<Workshop> ChangedWorkshops => _workshops.Values.Select(stored => stored.Value);

    /// <summary>What would still have to be done.</summary>
    public IReadOnlyList<Chore> Pending => [.. _chores];

    public IReadOnlyList<DueMessage> Messages => _messages;

    public IReadOnlyList<CallToMake> Calls => _calls;

    public async Task<StoredMonth> ReadMonthAsync(Territory territory, AdvisorId advisor, YearMonth month, CancellationToken cancellationToken) =>
        _months.GetValueOrDefault((advisor, month)) ?? await agenda.ReadMonthAsync(territory, advisor, month, cancellationToken);

    public async Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(Territory territory, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        Over(await agenda.ReadDaysAsync(territory, from, to, cancellationToken), _months.Values, from, to);

    public async Task<IReadOnlyList<AgendaMonth>> ReadDaysAsync(
        Territory territory, AdvisorId advisor, LocalDate from, LocalDate to, CancellationToken cancellationToken) =>
        Over(
            await agenda.ReadDaysAsync(territory, advisor, from, to, cancellationToken), _months.Values.Where(month => month.AdvisorId == advisor), from, to);

    public async Task<Stored<Appointment>?> ReadAsync(AppointmentReference reference, CancellationToken cancellationToken) =>
        _appointments.GetValueOrDefault(reference) ?? await appointments.ReadAsync(reference, cancellationToken);

    public Task<IReadOnlyList<PhoneEntry>> FindByPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken) =>
        appointments.FindByPhoneAsync(territory, index, cancellationToken);

    public Task<PhoneEntries> ReadPhoneAsync(Territory territory, PhoneIndex index, CancellationToken cancellationToken) =>
        appointments.ReadPhoneAsync(territory, index, cancellationToken);

    public Task<AppointmentHistory> ReadHistoryAsync(AppointmentReference reference, CancellationToken cancellationToken) =>
        appointments.ReadHistoryAsync(reference, cancellationToken);

    public async Task<Stored<Absence>?> FindAsync(Territory territory, AbsenceOwner owner, string id, CancellationToken cancellationToken) =>
        _absences.GetValueOrDefault((owner, id)) ?? await absences.FindAsync(territory, owner, id, cancellationToken);

    public Task<IReadOnlyList<Absence>> ListAsync(Territory territory, AbsenceOwner owner, CancellationToken cancellationToken) =>
        absences.ListAsync(territory, owner, cancellationToken);

    public Task<IReadOnlyList<Absence>> ListExplainedAsync(Territory territory, LocalDateTime endedBefore, CancellationToken cancellationToken) =>
        absences.ListExplainedAsync(territory, endedBefore, cancellationToken);

    public async Task<Stored<Workshop>?> ReadAsync(Territory territory, WorkshopId id, CancellationToken cancellationToken) =>
        _workshops.GetValueOrDefault(id) ?? await workshops.ReadAsync(territory, id, cancellationToken);

    public Task<IReadOnlyList<Chore>> ListAsync(Territory territory, Instant until, CancellationToken cancellationToken) =>
        chores.ListAsync(territory, until, cancellationToken);

    public Task<Stored<Chore>?> FindAsync(Chore chore, CancellationToken cancellationToken) =>
        Task.FromResult(_chores.Contains(chore) ? new Stored<Chore>(chore, NextTag()) : null);

    public Task<bool> IsPendingAsync(Chore chore, CancellationToken cancellationToken) => Task.FromResult(_chores.Contains(chore));

    /// <summary>Without conditions: one caller meets nobody here. Whoever books meanwhile is met when the change is made.</summary>
    public async Task<CommitOutcome> CommitAsync(
        Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken)
    {
        foreach (var write in writes)
        {
            switch (write.Row)
            {
                case AgendaDays days:
                    _months[(days.AdvisorId, days.Month)] = Merge(await ReadMonthAsync(territory, days.AdvisorId, days.Month, cancellationToken), days);
                    break;
                case Appointment appointment:
                    _appointments[appointment.Reference] = new(appointment, NextTag());
                    break;
                case Absence absence:
                    _absences[(absence.Owner, absence.Id)] = new(absence, NextTag());
                    break;
                case Workshop workshop:
                    _workshops[workshop.Id] = new(workshop, NextTag());
                    break;
                case Chore chore when write is RowWrite.Delete:
                    _chores.Remove(chore);
                    break;
                case Chore chore:
                    _chores.Add(chore);
                    break;
                case DueMessage message:
                    _messages.Add(message);
                    break;
                case CallToMake call:
                    _calls.Add(call);
                    break;
            }
        }

        return CommitOutcome.Committed;
    }

    public Task<bool> IsWrittenAsync(Territory territory, IReadOnlyList<RowWrite> writes, string writeId, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    private StoredMonth Merge(StoredMonth month, AgendaDays written)
    {
        var days = month.Days.ToDictionary();
        foreach (var (day, agendaOfDay) in written.Days)
        {
            days[day] = agendaOfDay;
        }

        return month with { Days = days, HoursVersion = written.HoursVersion, ETag = NextTag() };
    }

    private static IReadOnlyList<AgendaMonth> Over(IReadOnlyList<AgendaMonth> stored, IEnumerable<StoredMonth> written, LocalDate from, LocalDate to)
    {
        var over = written
            .Where(month => month.Month.CompareTo(from.ToYearMonth()) >= 0 && month.Month.CompareTo(to.ToYearMonth()) <= 0)
            .ToDictionary(month => (month.AdvisorId, month.Month));
        return
        [
            .. stored.Where(month => !over.ContainsKey((month.AdvisorId, month.Month))),
            .. over.Values.Select(month => new AgendaMonth(
                month.AdvisorId,
                month.Month,
                month.Days.Where(day => month.Month.OnDayOfMonth(day.Key) is var date && date >= from && date <= to).ToDictionary(),
                month.HoursVersion)),
        ];
    }

    // No tag of storage looks like it.
    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"rehearsed-{++_written}");
}
