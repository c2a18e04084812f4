using NodaTime;

namespace Rdv.Tests.Concurrency;

/// <summary>What is only read: an appointment, free slots.</summary>
internal static class ReadSteps
{
    public static void Add(Steps steps, bool remembering)
    {
        foreach (var (call, asked) in steps.Asked<Asked.Read>().Where(read => !read.Call.Answered.IsUnknown))
        {
            if (call.Answered is not Answered.Appointment { View: var view } || view.Reference != asked.Reference)
            {
                steps.Unjustified(call);
                continue;
            }

            steps.AnsweredRead(
                call,
                model => new Footprint([Names.Rdv(asked.Reference)], []),
                model => model.Appointments.GetValueOrDefault(asked.Reference) == view);
        }

        foreach (var (call, asked) in steps.Asked<Asked.Search>().Where(search => !search.Call.Answered.IsUnknown))
        {
            if (call.Answered is not Answered.Slots { Free: var free })
            {
                steps.Unjustified(call);
                continue;
            }

            if (remembering && asked.Advisor is null)
            {
                continue;
            }

            steps.AnsweredRead(
                call, model => new Footprint([.. Names.Agenda(model, asked.Advisor, asked.Date)], []), model => IsRight(model, asked, free));
        }

        foreach (var call in steps.Calls.Where(call => call.Asked is Asked.Chores or Asked.Dispatch && call.Answered is not (Answered.Done or Answered.Nothing)))
        {
            steps.Unjustified(call);
        }
    }

    /// <summary>The agenda is what it is at one instant; the hours are some that were ever in force.</summary>
    private static bool IsRight(Model model, Asked.Search asked, IReadOnlyDictionary<LocalDateTime, int> free)
    {
        for (var minute = 0; minute < 24 * 60; minute += Model.StartsEvery)
        {
            var start = asked.Date.At(new LocalTime(minute / 60, minute % 60));
            var idle = Names.Advisors(model, asked.Advisor).Where(advisor => model.IsFree(advisor, start)).ToList();
            var told = free.GetValueOrDefault(start);
            if (told > idle.Count(advisor => model.OfferedEver(advisor, start)) || told < idle.Count(advisor => model.OfferedAlways(advisor, start)))
            {
                return false;
            }
        }

        return free.Keys.All(start => start.Date == asked.Date && start.Minute % Model.StartsEvery == 0);
    }
}
