using NodaTime;
using Rdv.Absences;
using Rdv.Functions.Http;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Functions.Absences;

/// <summary>The body of an absence or a closure. <c>from</c> and <c>to</c> are instants, or days: then the last day is closed whole.</summary>
/// <param name="Colleague">The id of the only advisor who may take over what is inside.</param>
public sealed record AbsenceBody(string? From, string? To, string? Reason, string? Inside, string? Colleague = null)
{
    public Result<AbsenceRequest> Read(Territory territory, AdvisorId? advisor, StructureId? structure, RequestIdentity identity)
    {
        var errors = new FieldErrors();
        InsideMode? mode = Inside switch
        {
            null or "refuse" => InsideMode.Refuse,
            "cancel" => InsideMode.Cancel,
            "reassign" => InsideMode.Reassign,
            "callback" => InsideMode.CallBack,
            _ => null,
        };
        if (mode is null)
        {
            errors.Add("inside", "Dites ce que deviennent les rendez-vous : refuse, cancel, reassign ou callback.");
        }

        var from = Read(From, territory, endOfDay: false, "from", errors);
        var to = Read(To, territory, endOfDay: true, "to", errors);
        return errors.Any ? new Refusal.Invalid(errors) : new AbsenceRequest(territory, advisor, structure, from, to, Reason, mode!.Value, identity, Colleague is null ? null : new AdvisorId(Colleague));
    }

    private static LocalDateTime? Read(string? text, Territory territory, bool endOfDay, string field, FieldErrors errors)
    {
        if (Values.ParseDay(text) is { } day)
        {
            return (endOfDay ? day.PlusDays(1) : day).AtMidnight();
        }

        if (Values.ParseInstant(text) is { } instant)
        {
            return instant.InZone(territory.Zone).LocalDateTime;
        }

        if (text is not null)
        {
            errors.Add(field, "Ce moment ne se lit pas. Exemples : 2026-11-24, ou 2026-11-24T09:00:00+01:00.");
        }

        return null;
    }
}
