namespace Rdv.Pages.Info;

/// <summary>What the pages that a public site owes say of who runs it.</summary>
/// <param name="Publisher">Who publishes the site and who hosts it, a line each (<c>Site:LegalNotice</c>); empty when nobody has said so.</param>
/// <param name="PrivacyDays">How many days after an appointment its person is forgotten (<c>Privacy:Days</c>).</param>
public sealed record InfoView(IReadOnlyList<string> Publisher, int PrivacyDays);
