using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Sms;

/// <summary>
/// What an SMS says: who writes, what happened, when and where, the number to call, then the link. Everything needed comes before the
/// link, and nothing asks for an answer: the sender is one way.
/// </summary>
/// <remarks>
/// One segment wherever the data allow. Each part has several wordings, with what each loses; the fitting text that loses the least is
/// taken: abbreviations first, then the place's name goes, then the structure's is cut between words, then the address goes. The day,
/// the hour, the number and the link are in every text. No "demain": a message that waits would name the wrong day. No space before
/// a colon, which French asks for: it would cost a septet each time.
/// </remarks>
public static partial class SmsTexts
{
    // Says who writes when the structure's name cannot be written in GSM-7 or has no word short enough.
    private const string AnyStructure = "Conseiller numérique";

    private static readonly Saying[] Stop = [new(". ", 0)];

    /// <param name="recipient">The citizen or the helper; the helper's text names the citizen by their first name.</param>
    /// <exception cref="ArgumentException">
    /// A kind that is not one of the five about an appointment, or a cancellation of an appointment that is not cancelled.
    /// </exception>
    public static string For(
        string kind,
        Appointment appointment,
        TerritoryDirectory directory,
        RdvSettings settings,
        Links links,
        Recipient recipient)
    {
        var structure = Plain(directory.Structures.GetValueOrDefault(appointment.StructureId)?.Name);
        var place = directory.Places.GetValueOrDefault(appointment.PlaceId);
        var whose = Whose(appointment, recipient);
        var who = Who(structure);
        var when = When(appointment.LocalStart);
        var phone = Gsm7.ToGsm7(settings.HotlinePhone);

        // A link asked for again of an appointment that was cancelled meanwhile must not look like an appointment.
        if (appointment.Status == AppointmentStatus.Cancelled)
        {
            // Without the place: nobody has to go there, and who writes, the day and the hour name the appointment.
            var again = Again(phone, Address(settings.SiteBaseUrl));

            // Only the advisor cancels a workshop; anyone else gives up a seat.
            var gaveUp = appointment.Seat is not null && appointment.CancelledBy != Actor.Advisor;
            var what = gaveUp ? Inscription(appointment, recipient) : whose;
            return Wording.Fit([[[.. who], Of(what), when, Cancelled(appointment, recipient, gaveUp ? "annulée" : "annulé"), again]]);
        }

        var link = Address(ManageLink.Of(appointment, settings, links));
        var (opening, call, manage) = (Opening(kind, whose), Call(phone), Manage(link, appointment.Seat is not null));
        return Wording.Fit(who.Select(name =>
            (Saying[][])[[name], opening, when, Where(structure, name.Text, place), Stop, call, manage]));
    }

    private static Saying[] Opening(string kind, What whose) => kind switch
    {
        MessageKinds.Confirmation => [.. whose.Fully("{0} est confirmé: ", 0), .. whose.Shortly("{0} confirmé ", 2), .. whose.Shortly("{0} ", 9)],
        MessageKinds.Reminder => [.. whose.Fully("nous vous rappelons {0} du ", 0), .. whose.Shortly("rappel {0} ", 3)],
        MessageKinds.Move => [.. whose.Fully("{0} est déplacé au ", 0), .. whose.Shortly("{0} déplacé au ", 2), .. whose.Shortly("{0} déplacé: ", 9)],
        MessageKinds.Link => Of(whose),
        MessageKinds.Cancellation => throw new ArgumentException("The appointment is not cancelled.", nameof(kind)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No SMS about an appointment has this kind."),
    };

    private static Saying[] Of(What whose) => [.. whose.Fully("{0} du ", 0), .. whose.Shortly("{0} du ", 2)];

    private static Saying[] Cancelled(Appointment appointment, Recipient recipient, string cancelled) => appointment.CancelledBy switch
    {
        Actor.Advisor =>
        [
            new($" est {cancelled} par votre conseiller. Veuillez nous excuser. ", 0),
            new($" est {cancelled}. Veuillez nous excuser. ", 3),
        ],
        // The hotline cancels for the person who calls.
        Actor.Citizen or Actor.Hotline =>
        [
            new(recipient == Recipient.Helper ? $" est {cancelled}, comme demandé. " : $" est {cancelled}, comme vous l'avez demandé. ", 0),
            new($" est {cancelled}, comme demandé. ", 1),
            new($" est {cancelled}. ", 5),
        ],
        _ => [new($" est {cancelled}. ", 0)],
    };

    private static Saying[] When(LocalDateTime local)
    {
        var hour = " à " + FrenchDates.SmsTime(local.TimeOfDay);
        return
        [
            new(FrenchDates.SmsDate(local.Date) + hour, 0),
            new(FrenchDates.ShortSmsDate(local.Date) + hour, 1),
            new(FrenchDates.ShortestSmsDate(local.Date) + hour, 3),
        ];
    }

    private static List<Saying> Who(string structure)
    {
        var sayings = new List<Saying>();
        if (structure.Length > 0)
        {
            var abbreviated = ShortNames.Abbreviate(structure);
            Add(structure, 0);
            Add(abbreviated, 1);
            Add(ShortNames.Cut(abbreviated, 36), 8);
            Add(ShortNames.Cut(abbreviated, 28), 9);
            Add(ShortNames.Cut(abbreviated, 20), 11);
            Add(ShortNames.Cut(abbreviated, 12), 14);
        }

        Add(AnyStructure, sayings.Count == 0 ? 0 : 15);
        return sayings;

        void Add(string name, int loss)
        {
            // A longer name than any real one is not shown whole, even when a second segment is paid for.
            if (name.Length is > 0 and <= 100)
            {
                sayings.Add(new(name + ": ", loss));
            }
        }
    }

    /// <param name="structure">Its whole name; <paramref name="written"/> is how this text writes it.</param>
    private static Saying[] Where(string structure, string written, Place? place)
    {
        var commune = ShortNames.Cut(Plain(place?.Commune), 48);
        var address = Plain(place?.Address);
        var name = Plain(place?.Name);

        // Where the place is the structure, the message has just named it. Elsewhere the commune alone would send people to the structure.
        var isNamed = name.Length > 0 && ShortNames.Says(structure, name);
        if (isNamed)
        {
            name = "";
        }

        var shortAddress = ShortNames.Cut(ShortNames.Abbreviate(address), 60);
        var shortName = ShortNames.Abbreviate(name);
        var sayings = new List<Saying>();
        Add([name, address, commune], 0);
        Add([shortName, shortAddress, commune], 1);
        Add([ShortNames.Cut(shortName, 30), shortAddress, commune], 3);
        Add([ShortNames.Cut(shortName, 20), shortAddress, commune], 4);
        Add([shortAddress, commune], address.Length > 0 ? 6 : 20);
        Add([shortName, commune], address.Length > 0 ? 16 : 1);
        Add([ShortNames.Cut(shortName, 30), commune], 17);
        Add([ShortNames.Cut(shortName, 20), commune], 18);
        if (isNamed || sayings.Count == 0)
        {
            isNamed = true;
            Add([commune], 24);
        }

        return [.. sayings];

        void Add(string[] parts, int loss)
        {
            if (!isNamed && parts[..^1].All(part => part.Length == 0))
            {
                return;
            }

            // The commune is not said twice: "Mairie de Bron: RDV …, 2 place de Weingarten".
            if (string.Join(' ', [written, .. parts[..^1]]) is var before && commune.Length > 0 && ShortNames.Says(before, commune))
            {
                parts = parts[..^1];
            }

            var said = string.Join(", ", parts.Where(part => part.Length > 0));
            if (said.Length <= 150 && !sayings.Exists(saying => saying.Text == Prefixed(said)))
            {
                sayings.Add(new(Prefixed(said), loss));
            }
        }

        static string Prefixed(string said) => said.Length == 0 ? "" : ", " + said;
    }

    private static Saying[] Call(string phone) =>
    [
        new($"Une question? Appelez le {phone}. ", 0),
        new($"Question: {phone}. ", 2),
        new($"Tél. {phone}. ", 3),
        new($"{phone}. ", 9),
    ];

    // "Infos et annulation" was read as "cancelled" (RDV Service Public, #6083): the link is to manage the appointment.
    private static Saying[] Manage(string link, bool isSeat) =>
    [
        .. isSeat
            ? [new($"Gérer mon inscription: {link}", 0)]
            : (Saying[])[new($"Gérer mon rendez-vous: {link}", 0), new($"Gérer mon RDV: {link}", 1)],
        new($"Gérer: {link}", 5),
    ];

    private static Saying[] Again(string phone, string site) =>
    [
        new($"Pour prendre un autre rendez-vous: {phone} ou {site}", 0),
        new($"Pour un autre RDV: {phone} ou {site}", 2),
        new($"Autre RDV: {phone} ou {site}", 5),
    ];

    /// <summary>What the message is about: the citizen's own appointment, or that of the person whom the helper helps.</summary>
    private static What Whose(Appointment appointment, Recipient recipient)
    {
        var titles = appointment.Seat is { } seat ? Titles(seat.Title) : null;
        if (recipient != Recipient.Helper)
        {
            return titles is null
                ? new([new("votre rendez-vous", 0)], [new("RDV", 0)])
                : new(Each(titles, title => "votre atelier" + title), Each(titles, title => "atelier" + title));
        }

        var of = HelpedPerson(appointment);
        return titles is null
            ? new([new("le rendez-vous " + of, 0)], [new("RDV " + of, 0)])
            : new(Each(titles, title => $"l'atelier{title} {of}"), Each(titles, title => $"atelier{title} {of}"));
    }

    /// <summary>What is cancelled when someone gives up a seat: the workshop itself takes place.</summary>
    private static What Inscription(Appointment appointment, Recipient recipient)
    {
        var titles = Titles(appointment.Seat!.Title);
        var whose = recipient == Recipient.Helper ? "l'inscription " + HelpedPerson(appointment) : "votre inscription";
        return new(Each(titles, title => $"{whose} à l'atelier{title}"), [new(whose, 6)]);
    }

    private static string HelpedPerson(Appointment appointment)
    {
        // The number of the helper is anybody's, and so is what the citizen is called.
        var name = WordsOfOthers.Name(appointment.Citizen.Name) ?? "";
        var firstName = WordsOfOthers.Name(ShortNames.Cut(Gsm7.ToGsm7(FrenchNames.FirstName(name)), 24));
        return firstName is null ? "de la personne que vous aidez" : FrenchNames.Of(firstName);
    }

    /// <summary>
    /// The title of a workshop between quotation marks, then cut between words, then left out: day, hour and place still name it. One with an
    /// address in it is left out from the start: a telephone would make a link of it, and the only one is ours.
    /// </summary>
    private static Saying[] Titles(string title)
    {
        var plain = Plain(WordsOfOthers.Line(Gsm7.ToGsm7(title))).Replace('"', '\'');
        var sayings = new List<Saying>();
        Add(plain.Length <= 80 ? plain : "", 0);
        Add(ShortNames.Cut(plain, 40), 2);
        Add(ShortNames.Cut(plain, 24), 4);
        sayings.Add(new("", 5));
        return [.. sayings];

        void Add(string text, int loss)
        {
            if (text.Any(char.IsLetterOrDigit) && !sayings.Exists(saying => saying.Text == Quoted(text)))
            {
                sayings.Add(new(Quoted(text), loss));
            }
        }

        static string Quoted(string text) => $" \"{text}\"";
    }

    private static Saying[] Each(Saying[] titles, Func<string, string> say) => [.. titles.Select(title => new Saying(say(title.Text), title.Loss))];

    // Accents in a host name or a path are written as browsers send them: transliterated, the address would be another one.
    private static string Address(string url) =>
        Gsm7.IsGsm7(url) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? Gsm7.ToGsm7(url)
            : new UriBuilder(parsed) { Host = parsed.IdnHost, Port = parsed.IsDefaultPort ? -1 : parsed.Port }.Uri.AbsoluteUri.TrimEnd('/');

    private static string Plain(string? text) => Gsm7.ToGsm7(text ?? "").Trim(' ', ',', ';', '.');

    /// <summary>How the thing that the message is about may be called, at length and in short.</summary>
    private readonly record struct What(Saying[] Full, Saying[] Short)
    {
        /// <param name="sentence">With <c>{0}</c> for the name. Names hold anything, so that nothing but this is put in its place.</param>
        public Saying[] Fully(string sentence, int loss) => Said(Full, sentence, loss);

        public Saying[] Shortly(string sentence, int loss) => Said(Short, sentence, loss);

        private static Saying[] Said(Saying[] names, string sentence, int loss)
        {
            var parts = sentence.Split("{0}");
            return [.. names.Select(name => new Saying(parts[0] + name.Text + parts[1], name.Loss + loss))];
        }
    }
}
