using System.Globalization;
using Rdv.Directory;
using Rdv.Pages.Shared;
using Rdv.Territories;

namespace Rdv.Pages.Hotline;

/// <summary>
/// What an operator has found out so far in one call. The forms of the page carry it: nothing of it is in an address, and no server keeps it.
/// </summary>
public sealed record CallerForm
{
    /// <summary>Of a button that changes one of the other fields, as <c>moment=matin</c>.</summary>
    public const string ChangeField = "changer";

    public const string Morning = "matin";
    public const string Afternoon = "apres-midi";

    private const string InseeField = "commune";
    private const string TerritoryField = "territoire";
    private const string NameField = "appelant";
    private const string KnownField = "dossier";
    private const string MomentField = "moment";
    private const string SoonField = "bientot";
    private const string PlaceField = "lieu";
    private const string RankField = "rang";
    private const string Yes = "oui";
    private const int MaxKnown = 12;
    private const int MaxRank = 500;

    public string? Phone { get; init; }

    public string? Name { get; init; }

    public string? Insee { get; init; }

    public Territory? Territory { get; init; }

    public Topic? Topic { get; init; }

    public Wish Wish { get; init; } = new();

    public Means Means => Wish.Means;

    /// <summary><see cref="Morning"/>, <see cref="Afternoon"/>, or null for the whole day.</summary>
    public string? Moment { get; init; }

    /// <summary>Within a week only.</summary>
    public bool Soon { get; init; }

    /// <summary>At this place only.</summary>
    public string? PlaceId { get; init; }

    /// <summary>How many proposals were turned down.</summary>
    public int Rank { get; init; }

    /// <summary>References of what the person has, as they were found.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Who calls, without what they look for.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Person =>
    [
        new(HotlineView.PhoneField, Phone),
        new(NameField, Name),
        new(KnownField, Known.Count == 0 ? null : Joined(Known)),
    ];

    /// <summary>Who calls, and from where, for the form that asks for another place or topic.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Before =>
    [
        .. Person,
        new(InseeField, Insee),
        new(TerritoryField, Territory?.Code),
        .. Wish.Hidden,
    ];

    public IReadOnlyList<KeyValuePair<string, string?>> Hidden =>
    [
        .. Person,
        new(InseeField, Insee),
        new(TerritoryField, Territory?.Code),
        new(HotlineView.TopicField, Topic?.Id),
        .. Wish.Hidden,
        new(MomentField, Moment),
        new(SoonField, Soon ? Yes : null),
        new(PlaceField, PlaceId),
        new(RankField, Rank == 0 ? null : Rank.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <param name="value">The posted value of a field; null when there is none.</param>
    public static CallerForm Read(Func<string, string?> value)
    {
        var change = value(ChangeField)?.Split('=', 2) is [var name, var text] ? (Name: name, Text: text) : default((string Name, string Text)?);

        // Whoever filters anew begins at the first proposal.
        string? Field(string field) => change is { } changed && (changed.Name == field || field == RankField)
            ? (changed.Name == field && changed.Text.Length > 0 ? changed.Text : null)
            : value(field) is { Length: > 0 } posted ? posted : null;

        return new()
        {
            Phone = Field(HotlineView.PhoneField),
            Name = Field(NameField),
            Insee = Communes.Find(Field(InseeField))?.Insee,
            Territory = Communes.Find(Field(InseeField))?.Territory ?? (Territories.Territory.TryParse(Field(TerritoryField), out var territory) ? territory : null),
            Topic = Topics.Find(Field(HotlineView.TopicField)),
            Wish = Wish.Read(Field) with { Advisor = null },
            Moment = Field(MomentField) is Morning or Afternoon ? Field(MomentField) : null,
            Soon = Field(SoonField) == Yes,
            PlaceId = Field(PlaceField),
            Rank = int.TryParse(Field(RankField), NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? Math.Min(rank, MaxRank) : 0,
            Known = [.. (Field(KnownField) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MaxKnown)],
        };
    }

    public static string ToMoment(string? moment) => $"{MomentField}={moment}";

    public static string ToSoon(bool soon) => $"{SoonField}={(soon ? Yes : "")}";

    public static string ToPlace(string? place) => $"{PlaceField}={place}";

    public static string ToSigns(bool signs) => $"{Wish.SignsField}={(signs ? Yes : "")}";

    public static string ToMeans(Means means) => $"{MeansChoice.Field}={MeansChoice.ValueOf(means)}";

    public static string ToRank(int rank) => $"{RankField}={rank.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>This commune, of several that may be meant.</summary>
    public static string ToCommune(Commune commune) => $"{InseeField}={commune.Insee}";

    public static bool IsPlaceChosen(string? change) => change?.StartsWith(InseeField + "=", StringComparison.Ordinal) == true;

    /// <summary>This person, of several that were found.</summary>
    public static string ToKnown(IEnumerable<string> references) => $"{KnownField}={Joined(references)}";

    // A record would print every property: a log line must not carry a person.
    public override string ToString() => nameof(CallerForm);

    private static string Joined(IEnumerable<string> references) => string.Join(' ', references.Take(MaxKnown));
}
