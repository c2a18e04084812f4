using Rdv.Directory;
using Rdv.Language;

namespace Rdv.Sms;

/// <summary>
/// Where one must go, and who receives there: the ways to say it, the dearest first. The name and the street of the place are worth a second
/// segment each (<see cref="Wording.SecondSegment"/>): nobody can go to a day and an hour.
/// </summary>
internal sealed class Whereabouts
{
    // A longer one than any real one is not said whole, even when a second segment is paid for.
    private const int MaxName = 100;
    private const int MaxStreet = 60;
    private const int MaxCommune = 40;

    // Says who writes when nothing that the directory has of the place can be written in GSM-7.
    private const string Anyone = "votre conseiller numérique";

    private const int NoCommune = 40;
    private const int NoName = 140;
    private const int NoStreet = 140;

    private readonly string structure;
    private readonly string name;
    private readonly string street;
    private readonly string commune;
    private readonly List<Name> names;

    public Whereabouts(Place? place, Structure? structure)
    {
        this.structure = ShortNames.TownHall(Plain(ReadableNames.Cased(structure?.Name ?? "")));
        var own = ShortNames.TownHall(Plain(ReadableNames.Cased(place?.Name ?? "")));

        // "Mairie de Bron" says more than "Bron", when both are the same place.
        name = own.Length == 0 || ShortNames.Says(this.structure, own) ? this.structure : own;
        street = ShortNames.WithoutPostBox(Plain(ReadableNames.CasedStreet(place?.Address ?? "")));
        commune = ShortNames.Cut(ShortNames.Commune(Plain(place?.Commune)), MaxCommune);
        names = NamesOf(name, commune);
    }

    /// <summary>The name of the place alone: of an appointment that is cancelled, to which nobody has to go.</summary>
    public Saying[] NameAlone => [.. names.Select(said => new Saying($", {said.Text},", said.Loss)), new("", names.Count == 0 ? 0 : 30)];

    /// <summary>Name, street and commune. The commune is not said twice.</summary>
    public Saying[] Place()
    {
        var sayings = new List<Saying>();
        foreach (var said in names.DefaultIfEmpty(new Name("", 0, false)).Append(new Name("", NoName, false)))
        {
            foreach (var road in Streets())
            {
                Add([said.Text, road.Text, said.SaysCommune ? "" : commune], said.Loss + road.Loss);

                // What could be the one of the next town needs its own.
                if (said.Text.Length > 0 && !ShortNames.IsKindOnly(said.Text))
                {
                    Add([said.Text, road.Text], said.Loss + road.Loss + NoCommune);
                }
            }
        }

        return [.. sayings];

        void Add(string[] parts, int loss)
        {
            var said = string.Join(", ", parts.Where(part => part.Length > 0)).TrimEnd('.');
            sayings.Add(new(", " + (said.Length > 0 ? said : Anyone), loss));
        }
    }

    /// <summary>The structure, when it is not the place itself.</summary>
    public Saying[] Who()
    {
        if (structure.Length == 0 || name.Length == 0 || ShortNames.Says(name, structure) || ShortNames.Says(structure, name))
        {
            return [new("", 0)];
        }

        var whole = NamesOf(structure, "");
        return [.. whole.Select(said => new Saying($"Votre conseiller: {said.Text}. ", said.Loss)), .. whole.Select(said => new Saying($"{said.Text}. ", said.Loss + 3)), new("", 16)];
    }

    /// <summary>Who writes, of an appointment to which nobody goes: the structure, or the place where there is none.</summary>
    public Saying[] Sender() =>
        [.. NamesOf(structure.Length > 0 ? structure : name, commune).Select(said => new Saying($"{said.Text}. ", said.Loss)), new("", 16)];

    internal static string Plain(string? text) => Gsm7.ToGsm7(text ?? "").Trim(' ', ',', ';', '.', '*', '/');

    private IEnumerable<Saying> Streets()
    {
        if (street.Length == 0)
        {
            yield return new("", 0);
            yield break;
        }

        var shorter = ShortNames.Street(street);
        if (street.Length <= MaxStreet)
        {
            yield return new(street, 0);
        }

        yield return new(ShortNames.Cut(shorter, MaxStreet), 1);

        // "71 rue Gambetta, bâtiment 5 résidence Gambetta": the street leads there, the rest is on the page.
        if (shorter.IndexOf(',', StringComparison.Ordinal) is > 3 and var comma)
        {
            yield return new(ShortNames.Cut(shorter[..comma], MaxStreet), 7);
        }

        yield return new(ShortNames.Cut(shorter, 40), 12);
        yield return new("", NoStreet);
    }

    private static List<Name> NamesOf(string name, string commune)
    {
        var names = new List<Name>();
        var shorter = ShortNames.Body(name);
        var core = ShortNames.Core(shorter);
        Add(name, 0);
        Add(shorter, 1);
        Add(core, 3);
        AddCut(44, 5);
        AddCut(36, 7);
        AddCut(30, 9);
        AddCut(25, 11);
        AddCut(20, 14);
        if (ShortNames.Kind(core) is { } kind && commune.Length > 0)
        {
            names.Add(new(FrenchNames.OfPlace(kind, commune), 40, SaysCommune: true));
        }

        return names;

        // A beginning that is a bare kind, "Assoc. de", names nothing, whatever follows.
        void AddCut(int limit, int loss)
        {
            if (ShortNames.Cut(core, limit) is var cut && !ShortNames.IsKindOnly(cut))
            {
                Add(cut, loss);
            }
        }

        void Add(string said, int loss)
        {
            if (said.Length > MaxName || !said.Any(char.IsLetterOrDigit))
            {
                return;
            }

            // "CCAS" could be the one of the next town: it is the CCAS de Mèze, or nothing.
            if (!ShortNames.IsKindOnly(said))
            {
                names.Add(new(said, loss, ShortNames.Says(said, commune)));
            }
            else if (commune.Length > 0)
            {
                names.Add(new(FrenchNames.OfPlace(said, commune), loss, SaysCommune: true));
            }
        }
    }

    private readonly record struct Name(string Text, int Loss, bool SaysCommune);
}
