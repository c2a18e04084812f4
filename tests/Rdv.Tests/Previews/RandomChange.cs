using NodaTime;
using Rdv.Absences;
using Rdv.Agenda;
using Rdv.Ids;
using Rdv.Previews;
using Rdv.Tests.Infrastructure;
using Rdv.Workshops;

namespace Rdv.Tests.Previews;

/// <summary>A change that is drawn, as it is asked for before and as it is made.</summary>
internal sealed record RandomChange(string Name, Func<PreviewChanges, Task<Result<Preview>>> Preview, Func<Product, Task<Refusal?>> Make)
{
    public static readonly LocalDate Christmas = new(2026, 12, 25);

    public static RandomChange Draw(Random random, World world, int advisors, IReadOnlyList<Workshop> workshops) => random.Next(20) switch
    {
        < 15 => Absence(random, world, advisors),
        < 17 when workshops.Count > 0 => CancelWorkshop(world, workshops[random.Next(workshops.Count)]),
        18 => Leave(world, new AdvisorId($"a{random.Next(advisors) + 1}"), new LocalDate(2026, 12, 3 + random.Next(20))),
        19 => Holiday(world, random.Next(2) == 0),
        _ => Absence(random, world, advisors),
    };

    private static RandomChange Absence(Random random, World world, int advisors)
    {
        var whole = random.Next(4) == 0;
        var advisor = random.Next(advisors) + 1;
        var from = new LocalDate(2026, 11, 17).PlusDays(random.Next(16)).At(new LocalTime(random.Next(8, 17), random.Next(2) * 30));
        var mode = (InsideMode)random.Next(3);
        mode = mode == InsideMode.Refuse && random.Next(3) > 0 ? InsideMode.Reassign : mode;
        var colleague = mode == InsideMode.Reassign && !whole && random.Next(3) == 0 ? new AdvisorId($"a{(advisor % advisors) + 1}") : (AdvisorId?)null;
        var request = new AbsenceRequest(
            world.Territory,
            whole ? null : new AdvisorId($"a{advisor}"),
            whole ? new StructureId($"s{random.Next(1, 3)}") : null,
            from,
            from.PlusHours(random.Next(2) == 0 ? random.Next(1, 9) : random.Next(24, 120)),
            null,
            mode,
            RequestIdentity.Of("absence", null, ""),
            colleague);
        return new RandomChange(request.ToString(), preview => preview.AbsenceAsync(request, default), async product =>
        {
            var made = await product.Get<AddAbsence>().ExecuteAsync(request, default);
            if (made.Succeeded(out var added))
            {
                // Otherwise everything would soon be closed.
                var absence = added.Absence;
                await product.DoChoresAsync();
                await product.Get<RemoveAbsence>().ExecuteAsync(absence.Territory, absence.Owner, absence.Id, default);
            }

            return made.Refusal;
        });
    }

    private static RandomChange CancelWorkshop(World world, Workshop workshop) => new(
        $"cancel {workshop.Id}",
        preview => preview.CancelWorkshopAsync(world.Territory, workshop.AdvisorId, workshop.Id, null, default),
        async product => (await product.TryCancelAsync(workshop)).Refusal);

    private static RandomChange Leave(World world, AdvisorId advisor, LocalDate on) => new(
        $"{advisor} leaves on {on}",
        preview => preview.LeaveAsync(world.Territory, advisor, on, default),
        async product => (await product.Get<PlanLeave>().ExecuteAsync(world.Territory, advisor, on, default)).Refusal);

    private static RandomChange Holiday(World world, bool open) => new(
        $"Christmas {open}",
        preview => preview.HolidayAsync(world.Territory, Directories.Structure, Christmas, open, default),
        async product => (await product.Get<ChangeHoliday>().ExecuteAsync(world.Territory, Directories.Structure, Christmas, open, default)).Refusal);
}
