using NodaTime;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Transactions;

namespace Rdv.Visits;

/// <summary>Somebody who came without an appointment. Only counted: it names nobody.</summary>
/// <param name="Id">From the request, so that a repeated request counts once.</param>
public sealed record Visit(Territory Territory, AdvisorId AdvisorId, LocalDate Date, string Id) : IRow;
