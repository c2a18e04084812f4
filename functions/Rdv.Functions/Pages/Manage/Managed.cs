using Rdv.Appointments;
using Rdv.Pages.Manage;

namespace Rdv.Functions.Pages.Manage;

/// <summary>An appointment, opened by someone who may see and change it.</summary>
public sealed record Managed(Appointment Appointment, ManageView View, Access Access);
