using Azure.Data.Tables;
using Rdv.Appointments;
using Rdv.Azure.Tables;
using Rdv.Azure.Transactions;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.People;
using Rdv.Territories;

namespace Rdv.Azure.Booking;

/// <summary>The row of one appointment.</summary>
internal sealed class AppointmentRow : IRowFormat<Appointment>
{
    public static TableEntity Write(Territory territory, Appointment appointment) =>
        appointment.ForgottenAt is null ? WithPerson(WithoutPerson(territory, appointment), appointment) : WithoutPerson(territory, appointment);

    private static TableEntity WithoutPerson(Territory territory, Appointment appointment) => new TableEntity(territory.Code, RowKeys.Appointment(appointment.Reference))
        .With("Status", appointment.Status.ToString())
        .With("Version", appointment.Version)
        .With("CitizenVersion", appointment.CitizenVersion)
        .With("Start", appointment.Start)
        .With("Minutes", appointment.Minutes)
        .With("Topic", appointment.Topic)
        .With("StructureId", appointment.StructureId.Value)
        .With("PlaceId", appointment.PlaceId.Value)
        .With("AdvisorId", appointment.AdvisorId.Value)
        .With("Means", MeansWords.UnlessPlace(appointment.Means))
        .With("WorkshopId", appointment.Seat?.Id.Value)
        .With("WorkshopTitle", appointment.Seat?.Title)
        .With("Session", appointment.Seat?.Session?.ToString())
        .With("Enrolment", appointment.Enrolment?.Codes)
        .With("WholeCancelled", appointment.IsWholeCancelled ? true : null)
        .With("BookedBy", appointment.BookedBy.ToString())
        .With("CancelledBy", appointment.CancelledBy?.ToString())
        .With("CreatedAt", appointment.CreatedAt)
        .With("LinkSecret", appointment.LinkSecret)
        .With("ForgottenAt", appointment.ForgottenAt);

    private static TableEntity WithPerson(TableEntity row, Appointment appointment) => row
        .With("HomeStreet", appointment.Home?.Street)
        .With("HomeInsee", appointment.Home?.Insee)
        .With("CitizenName", appointment.Citizen.Name)
        .With("CitizenPhone", appointment.Citizen.Phone.Stored)
        .With("CitizenEmail", appointment.Citizen.Email)
        .With("Business", appointment.Citizen.Business)
        .With("Needs", appointment.Citizen.Needs)
        .With("ReminderTwoHours", appointment.Citizen.ReminderTwoHours)
        .With("HelperName", appointment.Helper?.Name)
        .With("HelperPhone", appointment.Helper?.Phone.Stored)
        .With("Note", appointment.Note)
        .With("CancelReason", appointment.CancelReason)
        .With("RequestNonce", appointment.Request.Nonce)
        .With("RequestHash", appointment.Request.Hash)
        .With("PhoneKey", appointment.PhoneIndex.KeyNumber)
        .With("PhoneHash", appointment.PhoneIndex.Hash);

    public static Appointment Read(TableEntity row)
    {
        var code = row.RowKey["rdv|".Length..];
        if (!Territory.TryParse(row.PartitionKey, out var territory) || !AppointmentReference.TryFromCode(territory, code, out var reference))
        {
            throw new InvalidDataException("An appointment has a key that nobody writes.");
        }

        var forgottenAt = row.FindInstant("ForgottenAt");
        return new Appointment
        {
            Reference = reference,
            Status = Enum.Parse<AppointmentStatus>(row.Text("Status")),
            Version = row.Number("Version"),
            CitizenVersion = row.Number("CitizenVersion"),
            Start = row.Instant("Start"),
            Minutes = row.Number("Minutes"),
            Topic = row.Text("Topic"),
            StructureId = new StructureId(row.Text("StructureId")),
            PlaceId = new PlaceId(row.Text("PlaceId")),
            AdvisorId = new AdvisorId(row.Text("AdvisorId")),
            Means = row.Means(),
            Home = row.GetString("HomeStreet") is { } street ? new HomeAddress(street, row.Text("HomeInsee")) : null,
            Seat = row.GetString("WorkshopId") is { } workshop ? new SeatIn(new WorkshopId(workshop), row.Text("WorkshopTitle"), row.Session()) : null,
            Enrolment = row.GetString("Enrolment") is { } codes ? new Enrolment(codes) : null,
            IsWholeCancelled = row.GetBoolean("WholeCancelled") ?? false,
            Citizen = forgottenAt is not null ? Citizen.Forgotten : new Citizen(
                row.Text("CitizenName"),
                PhoneNumber.FromE164(row.Text("CitizenPhone")),
                row.GetString("CitizenEmail"),
                row.GetString("Business"),
                row.GetString("Needs"),
                row.GetBoolean("ReminderTwoHours") ?? false),
            Helper = row.GetString("HelperName") is { } helper ? new Helper(helper, PhoneNumber.FromE164(row.Text("HelperPhone"))) : null,
            Note = row.GetString("Note"),
            BookedBy = Enum.Parse<Actor>(row.Text("BookedBy")),
            CancelledBy = row.GetString("CancelledBy") is { } by ? Enum.Parse<Actor>(by) : null,
            CancelReason = row.GetString("CancelReason"),
            CreatedAt = row.Instant("CreatedAt"),
            Request = forgottenAt is not null ? RequestIdentity.Forgotten : new RequestIdentity(row.Text("RequestNonce"), row.Text("RequestHash")),
            LinkSecret = row.Number("LinkSecret"),
            PhoneIndex = forgottenAt is not null ? PhoneIndex.Forgotten : new PhoneIndex(row.Number("PhoneKey"), row.Text("PhoneHash")),
            ForgottenAt = forgottenAt,
        };
    }
}
