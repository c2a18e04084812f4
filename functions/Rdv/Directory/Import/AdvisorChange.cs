using Rdv.Territories;

namespace Rdv.Directory.Import;

/// <summary>An advisor before and after an import.</summary>
public sealed record AdvisorChange(Territory Territory, Advisor Before, Advisor After);
