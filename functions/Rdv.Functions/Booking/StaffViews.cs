using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Functions.Http;
using Rdv.Messages;

namespace Rdv.Functions.Booking;

public sealed record CitizenView(string Name, string Phone, string? Email, string? Business, string? Needs, bool ReminderTwoHours);

public sealed record HelperView(string Name, string Phone);

/// <param name="To">The number or the address that the message is for.</param>
/// <param name="At">When it is due, or when it was settled.</param>
/// <param name="State"><c>due</c>, <c>sent</c>, <c>delivered</c>, <c>failed</c> or <c>unknown</c>.</param>
public sealed record MessageView(string Kind, string? To, string At, string State);

/// <summary>An appointment as staff read it: with the person, and what was sent.</summary>
public sealed record StaffAppointmentView : AppointmentView
{
    internal StaffAppointmentView(
        Appointment appointment, TerritoryDirectory directory, RdvSettings settings, Links links, IReadOnlyList<Appointment>? enrolled, IReadOnlyList<MessageView> messages)
        : base(appointment, directory, settings, links, VideoRoom.LinkOf(appointment, directory), enrolled)
    {
        var citizen = appointment.Citizen;
        Citizen = new CitizenView(citizen.Name, citizen.Phone.E164, citizen.Email, citizen.Business, citizen.Needs, citizen.ReminderTwoHours);
        Helper = appointment.Helper is { } helper ? new HelperView(helper.Name, helper.Phone.E164) : null;
        Channel = ActorWords.ChannelOf(appointment.BookedBy);
        Note = appointment.Note;
        CancelReason = appointment.CancelReason;
        Messages = messages;
    }

    public CitizenView Citizen { get; }

    public HelperView? Helper { get; }

    /// <summary><c>web</c>, <c>phone</c> or <c>advisor</c>.</summary>
    public string Channel { get; }

    public string? Note { get; }

    public string? CancelReason { get; }

    public IReadOnlyList<MessageView> Messages { get; }
}

/// <summary>Builds the view for staff: one more query for the messages.</summary>
public sealed class StaffViews(IAppointmentStore appointments, ITerritoryDirectories directories, RdvSettings settings, Links links)
{
    public async Task<StaffAppointmentView> OfAsync(Appointment appointment, CancellationToken cancellationToken)
    {
        var directory = await directories.GetAsync(appointment.Territory, cancellationToken);
        var history = await appointments.ReadHistoryAsync(appointment.Reference, cancellationToken);
        return new StaffAppointmentView(
            appointment, directory, settings, links, await EnrolledAsync(appointments, appointment, cancellationToken), Messages(appointment, directory, history));
    }

    public async Task<IReadOnlyList<StaffAppointmentView>> OfAsync(IReadOnlyList<Appointment> found, CancellationToken cancellationToken)
    {
        var views = new StaffAppointmentView[found.Count];
        await Parallel.ForAsync(0, found.Count, cancellationToken, async (i, token) => views[i] = await OfAsync(found[i], token));
        return views;
    }

    /// <returns>All that was booked with it, by time; null when it was booked alone.</returns>
    internal static async Task<IReadOnlyList<Appointment>?> EnrolledAsync(
        IAppointmentStore appointments, Appointment appointment, CancellationToken cancellationToken) =>
        appointment.Enrolment is null ? null : await appointments.ReadEnrolmentAsync(appointment, cancellationToken);

    private static List<MessageView> Messages(Appointment appointment, TerritoryDirectory directory, AppointmentHistory history)
    {
        var settled = history.Messages.ToDictionary(message => (message.Kind, message.Recipient, message.Version));
        var waiting = history.Changes
            .SelectMany(change => change.Messages)
            .Where(message => !settled.ContainsKey((message.Kind, message.Recipient, message.Version)) && IsStillTrue(message, appointment))
            .Select(message => (message.Kind, message.Recipient, At: message.DueAt, State: "due"));
        return [.. history.Messages
            .Where(message => Word(message.Known) is not null)
            .Select(message => (message.Kind, message.Recipient, message.At, State: Word(message.Known)!))
            .Concat(waiting)
            .OrderBy(message => message.At)
            .Select(message => new MessageView(
                MessageKinds.Base(message.Kind),
                To(message.Recipient, appointment, directory),
                Values.Format(message.At, appointment.Territory),
                message.State))];
    }

    // A reminder of an earlier version waits until it is due, only to be dropped then: nobody is told of it.
    private static bool IsStillTrue(DueMessage message, Appointment appointment) =>
        MessageKinds.Base(message.Kind) != MessageKinds.Reminder
        || (appointment.Status == AppointmentStatus.Booked && message.Version == appointment.CitizenVersion);

    private static string? Word(MessageState state) => state switch
    {
        MessageState.Due => "due",
        MessageState.Sent => "sent",
        MessageState.Delivered => "delivered",
        MessageState.Failed or MessageState.Late => "failed",
        MessageState.Unknown => "unknown",
        _ => null,
    };

    private static string? To(Recipient recipient, Appointment appointment, TerritoryDirectory directory) => recipient switch
    {
        { AdvisorId: { } advisor } => directory.Advisors.GetValueOrDefault(advisor)?.Email,
        _ when recipient == Recipient.Helper => appointment.Helper?.Phone.E164,
        _ => appointment.Citizen.Phone.E164,
    };
}
