namespace Rdv.Functions.Staff;

/// <summary>An OpenID provider of staff beside Entra ID.</summary>
/// <param name="Name">As the platform's settings name it: letters and digits.</param>
/// <param name="Label">As people know it: <c>ProConnect</c>.</param>
/// <param name="Issuer">Who it says it is (<c>iss</c>); with the subject, it makes the account.</param>
/// <param name="VerifiesAddresses">Every address that it hands over has been verified, also where it does not say so.</param>
public sealed record OpenIdProvider(string Name, string Label, string Issuer, bool VerifiesAddresses);

/// <param name="OpenId">Null when staff sign in with Entra ID only.</param>
/// <param name="AdminRoleOnly">Of the app roles of Entra ID, <c>admin</c> alone is read: the others have no end, and no page of ours shows them.</param>
public sealed record SignInSettings(OpenIdProvider? OpenId = null, bool AdminRoleOnly = false);
