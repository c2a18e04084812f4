using NodaTime;
using NodaTime.Text;
using Rdv.Absences;
using Rdv.Appointments;
using Rdv.Calls;
using Rdv.Chores;
using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Hotline;
using Rdv.Ids;
using Rdv.Load;
using Rdv.Messages;
using Rdv.Privacy;
using Rdv.Quotas;
using Rdv.Visits;
using Rdv.Waiting;

namespace Rdv.Azure.Tables;

/// <summary>The keys of the rows of a territory. Each family is a prefix, so that what is asked together lies together (docs/tables.md).</summary>
internal static class RowKeys
{
    /// <summary>The partition that lists the territories.</summary>
    public const string TerritoriesPartition = "territories";

    /// <summary>The partition of what holds for all instances that send.</summary>
    public const string OperationsPartition = "operations";

    /// <summary>The partition of what was asked about people's data.</summary>
    public const string PrivacyPartition = "privacy";

    /// <summary>Through which day the people of a territory are forgotten.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>The partition of what clients have taken of their limits.</summary>
    public const string QuotasPartition = "quotas";

    private static readonly InstantPattern DueInstant = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    public static string Agenda(YearMonth month, AdvisorId advisor) => AgendaMonth(month) + advisor.Value;

    public static string AgendaMonth(YearMonth month) => $"agenda|{Text(month)}|";

    public static string Appointment(AppointmentReference reference) => $"rdv|{reference.Code}";

    public static string Phone(PhoneIndex index) => $"phone|{index.KeyNumber}|{index.Hash}|";

    public static string Phone(PhoneEntry entry) => Phone(entry.Index) + entry.Reference.Code;

    /// <summary>
    /// Among the appointments of the number, so that one query reads both, and before them: whoever reads page by page while another books has the older
    /// turn, and finds out. No code begins so.
    /// </summary>
    public static string PhoneTurn(PhoneIndex index) => Phone(index) + "!turn|";

    public static string Quota(QuotaKey key) => $"{key.Kind}|{key.KeyNumber}|{key.Hash}";

    public static string Heartbeat(Channel channel) => "heartbeat-" + Text(channel);

    public static string Due(Channel channel) => $"due|{Text(channel)}|";

    public static string Due(Channel channel, Instant at) => Due(channel) + DueInstant.Format(at);

    public static string Due(DueMessage message) => Due(message.Channel, MessageTag.Of(message));

    public static string Due(Channel channel, MessageTag message) =>
        $"{Due(channel, message.DueAt)}|{message.Subject.Code}|{message.Kind}|{message.Recipient}|{message.Version}";

    public static string Privacy(PrivacyRequest request) => $"{InstantPattern.ExtendedIso.Format(request.At)}|{request.Kind}|{request.Person.Hash}";

    public static string Log(Subject subject) => $"log|{subject.Code}|";

    public static string Log(ChangeLog log) => $"{Log(log.Reference)}change|{log.Version:D6}|{log.Action}";

    public static string Log(MessageLog log) => $"{Log(log.Subject)}message|{log.Version:D6}|{log.Kind}|{log.Recipient}";

    public static string Log(MessageTag message) => $"{Log(message.Subject)}message|{message.Version:D6}|{message.Kind}|{message.Recipient}";

    /// <summary>Of all who wait or have waited.</summary>
    public static readonly string LogOfWaiting = $"log|{Subject.WaitingLetter}";

    public static string LogOfCalls(Subject subject) => Log(subject) + "call|";

    public static string Log(CallLog log) => $"{LogOfCalls(log.Subject)}{DueInstant.Format(log.At)}|{log.Reason}";

    public const string Absences = "absence|";

    public static string AbsencesOf(AbsenceOwner owner) => $"{Absences}{owner.Value}|";

    public static string Absence(AbsenceOwner owner, string id) => AbsencesOf(owner) + id;

    public const string Calendars = "cal|";

    public static string CalendarsOf(AdvisorId advisor) => $"{Calendars}{advisor}|";

    public static string Calendar(AdvisorId advisor, string id) => CalendarsOf(advisor) + id;

    public static string Workshop(WorkshopId id) => $"workshop|{id}";

    public static string Visit(Visit visit) => $"visit|{NodaTime.Text.LocalDatePattern.Iso.Format(visit.Date)}|{visit.AdvisorId}|{visit.Id}";

    public const string Calls = "call|";

    public static string Call(CallToMake call) => Calls + call.Id;

    /// <summary>After every call that is due at that instant or before.</summary>
    public static string CallsAfter(Instant until) => After(Calls + CallToMake.IdPrefix(until));

    public static string Chore(Chore chore) => $"{Due(Channel.Chore, chore.DueAt)}|{chore.Subject.Code}|{chore.Kind}|{chore.Version}";

    public const string WaitingList = "wait|";

    public static string Waiting(WaitingId id) => WaitingList + id.Code;

    /// <summary>In the place of a commune, where only the territory is known.</summary>
    public const string NoCommune = "-";

    public static string DemandOf(string week) => $"demand|{week}|";

    public static string Demand(Demand demand) => $"{DemandOf(demand.Week)}{demand.Insee ?? NoCommune}|{demand.Topic}|{demand.Id}";

    /// <summary>The partition of the sums of whole territories.</summary>
    public const string LoadPartition = "load";

    public const string SumsDone = "done|";

    public static string SumsOf(YearMonth month) => $"load|{Text(month)}|";

    public static string Sums(MonthSums sums) => SumsOf(sums.Month) + sums.Structure;

    public static string CountrySumsOf(YearMonth month) => $"month|{Text(month)}|";

    public static string CountrySums(MonthSums sums) => CountrySumsOf(sums.Month) + sums.Territory;

    /// <summary>After every key that begins with the prefix.</summary>
    public static string After(string prefix) => prefix + "~";

    public static string Text(YearMonth month) => $"{month.Year:D4}-{month.Month:D2}";

    public static string Text(Channel channel) => channel switch
    {
        Channel.Sms => "sms",
        Channel.Mail => "mail",
        Channel.Chore => "chore",
        _ => throw new ArgumentOutOfRangeException(nameof(channel)),
    };
}
