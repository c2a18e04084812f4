using NodaTime;
using Rdv.Directory;
using Rdv.Ids;
using Rdv.Territories;

namespace Rdv.Agenda;

/// <summary>Sets how many hours of a hundred a structure keeps for those who telephone (<see cref="PhoneHours"/>).</summary>
public sealed class ChangePhoneShare(RewriteStructure rewrite, RdvSettings settings, IClock clock)
{
    /// <param name="share">0 to 100.</param>
    /// <exception cref="StorageUnavailableException">Storage did not answer.</exception>
    public async Task<Result<Structure>> ExecuteAsync(Territory territory, StructureId id, int share, CancellationToken cancellationToken)
    {
        if (share is < 0 or > 100)
        {
            return new Refusal.Invalid("phoneShare", "Indiquez la part des heures gardées pour le téléphone : de 0 à 100.");
        }

        var today = clock.GetCurrentInstant().InZone(territory.Zone).Date;
        return await rewrite.ExecuteAsync(
            territory,
            id,
            structure => structure.PhoneShare == share ? null : structure with { PhoneShare = share },
            Horizon.Months(today, today.PlusDays(settings.HorizonDays)),
            cancellationToken);
    }
}
