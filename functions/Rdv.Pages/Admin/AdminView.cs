using Rdv.Directory;
using Rdv.Dispatch;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Admin;

/// <summary>How one kind of message fares, and the button that changes it.</summary>
/// <param name="Field">What its button says to the server.</param>
/// <param name="Since">When it was paused, in words; null while it runs.</param>
public sealed record ChannelView(string Name, string Field, string Says, string? Since)
{
    public bool IsPaused => Since is not null;
}

/// <summary>An advisor of a structure that was found.</summary>
public sealed record FoundAdvisor(string Name, string Agenda);

/// <summary>A structure that was found, and who receives there.</summary>
public sealed record FoundStructure(string Name, string Where, string Load, IReadOnlyList<FoundAdvisor> Advisors);

/// <summary>The first page of an administrator: whether messages leave, and the way to every structure and agenda.</summary>
/// <param name="Query">What was typed; null before.</param>
/// <param name="More">Structures that were found and are not shown.</param>
public sealed record AdminView(IReadOnlyList<ChannelView> Channels, string? Query, IReadOnlyList<FoundStructure> Found, int More, string? Notice)
{
    public const string Address = "/gestion";
    public const string Field = "nom";
    public const string Sms = "sms";
    public const string Mail = "courriels";

    /// <summary>More are not read by anyone: they type another word.</summary>
    public const int MaxFound = 30;

    public static AdminView Of(DispatchStatus status, string? query, IReadOnlyList<(TerritoryDirectory Directory, Structure Structure)> found, string? notice) => new(
        [
            new("SMS", Sms, SaysOfSms(status), SinceOf(status.Sms)),
            new("Courriels", Mail, status.MailAway ? "Le serveur de courrier ne répond pas. Les courriels attendent, et partiront." : "Les courriels partent.", SinceOf(status.Mail)),
        ],
        query,
        [.. found.Take(MaxFound).Select(one => Of(one.Directory, one.Structure))],
        Math.Max(0, found.Count - MaxFound),
        notice);

    private static string SaysOfSms(DispatchStatus status) =>
        status.BudgetSpent ? $"Le nombre de SMS du jour est atteint\u00a0: {Words.Count(status.SmsPerDay)}. Les suivants deviennent des appels."
        : status.SmsAway ? "Le fournisseur de SMS ne répond pas. Les SMS attendent, et partiront."
        : $"Les SMS partent\u00a0: {Words.Count(status.SmsToday)} aujourd'hui{(status.SmsPerDay == int.MaxValue ? "" : $", sur {Words.Count(status.SmsPerDay)} au plus")}.";

    private static string? SinceOf(ChannelSwitch channel) =>
        channel.Since is { } since ? Words.Moment(since.InZone(SmsCount.Zone).LocalDateTime) : null;

    private static FoundStructure Of(TerritoryDirectory directory, Structure structure)
    {
        var territory = directory.Territory;
        var commune = directory.Places.Values.FirstOrDefault(place => place.StructureId == structure.Id)?.Commune;
        return new FoundStructure(
            structure.ShownName,
            commune is null ? TerritoryNames.NameOf(territory) : $"{commune} ({TerritoryNames.NameOf(territory)})",
            $"/structure?departement={territory}&structure={structure.Id}",
            [.. directory.AdvisorsOf(structure.Id).Select(advisor => new FoundAdvisor(advisor.DisplayName, $"/advisor?departement={territory}&conseiller={advisor.Id}"))]);
    }
}
