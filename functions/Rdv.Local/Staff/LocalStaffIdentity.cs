using Rdv.Functions.Staff;

namespace Rdv.Local.Staff;

/// <summary>Sample people in place of the platform's sign-in: a header for programs, a page and its cookie for people.</summary>
public sealed class LocalStaffIdentity : IStaffIdentity
{
    public const string Header = "X-Rdv-Persona";
    public const string Cookie = "rdv-persona";

    public ValueTask<StaffMember?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var persona = request.Headers[Header].ToString();
        return new ValueTask<StaffMember?>(StaffMember.Parse(persona.Length > 0 ? persona : request.Cookies[Cookie]));
    }

    public string SwitchUrl(string returnPath) => SignInUrl(returnPath);

    public string SignInUrl(string returnPath) => "/dev/sign-in?return=" + Uri.EscapeDataString(returnPath);
}
