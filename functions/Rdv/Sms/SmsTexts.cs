using NodaTime;
using Rdv.Appointments;
using Rdv.Directory;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;

namespace Rdv.Sms;

/// <summary>
/// What an SMS says: what happened and when, the name and the street of the place, who receives there, the number to call, then the link.
/// Everything needed comes before the link, and nothing asks for an answer: the sender is one way.
/// </summary>
/// <remarks>
/// One segment wherever the data allow, with the name and the street of the place; a second one rather than losing either. Each part has
/// several wordings, with what each loses; the text that loses the least is taken: "confirmé" goes first, then the weekday in full,
/// abbreviations come, the structure goes, names are cut between words. The day, the hour, the number and the link are in every text. No
/// "demain": a message that waits would name the wrong day. No space before a colon, which French asks for: it would cost a septet each time.
/// </remarks>
public static partial class SmsTexts
{
    private const int CourseUnsaid = 16;

    private static readonly Saying[] Stop = [new(". ", 0)];

    /// <param name="recipient">The citizen or the helper; the helper's text names the citizen by their first name.</param>
    /// <param name="video">Of an appointment by video, what is opened at the hour.</param>
    /// <exception cref="ArgumentException">
    /// A kind that is not one of the five about an appointment, or a cancellation of an appointment that is not cancelled.
    /// </exception>
    public static string For(
        string kind,
        Appointment appointment,
        TerritoryDirectory directory,
        RdvSettings settings,
        Links links,
        Recipient recipient,
        VideoRoom video = default)
    {
        var where = new Whereabouts(directory.Places.GetValueOrDefault(appointment.PlaceId), directory.Structures.GetValueOrDefault(appointment.StructureId));
        var whose = Whose(appointment, recipient);
        var when = When(appointment.LocalStart);
        var phone = Gsm7.ToGsm7(settings.HotlinePhone);

        // A link asked for again of an appointment that was cancelled meanwhile must not look like an appointment.
        if (appointment.Status == AppointmentStatus.Cancelled)
        {
            // Without the street: nobody has to go there.
            var again = Again(phone, Address(settings.SiteBaseUrl));

            // Only the advisor cancels a workshop; anyone else gives up a seat.
            var gaveUp = appointment.Seat is not null && appointment.CancelledBy != Actor.Advisor;
            var what = gaveUp ? Inscription(appointment, recipient) : appointment.IsWholeCancelled ? WholeCourse(appointment, recipient) : whose;
            Saying[] at = appointment.Means switch
            {
                Means.Phone => [new(", par téléphone,", 0), new("", 5)],
                Means.Video => [new(", en vidéo,", 0), new("", 5)],
                Means.Home => [new(", à domicile,", 0), new("", 5)],
                _ => where.NameAlone,
            };
            return Wording.Fit([Of(what, appointment.IsWholeCancelled), when, at, Cancelled(appointment, what.IsFeminine ? "annulée" : "annulé"), again]);
        }

        var link = Address(ManageLink.Short(appointment, settings, links));
        if (appointment.Means == Means.Phone)
        {
            return Wording.Fit([Opening(kind, whose), when, Calls(appointment.Citizen.Phone, recipient), Stop, where.Sender(), CallNamed(phone), Manage(link, isSeat: false)]);
        }

        if (appointment.Means == Means.Video)
        {
            return Wording.Fit([Opening(kind, whose), when, ByVideo, where.Sender(), Call(phone), Room(video), Manage(link, isSeat: false)]);
        }

        if (appointment.Means == Means.Home)
        {
            return Wording.Fit([Opening(kind, whose), when, AtHome(recipient), Stop, where.Sender(), Call(phone), Manage(link, isSeat: false)]);
        }

        return Wording.Fit([Opening(kind, whose), when, where.Place(), Stop, where.Who(), Call(phone), Manage(link, appointment.Seat is not null)]);
    }

    /// <summary>Tells of an enrolment in a course.</summary>
    /// <param name="kind">A confirmation, or the link asked for again.</param>
    /// <param name="sessions">Those that are told of, by time. Never empty.</param>
    public static string ForCourse(
        string kind, IReadOnlyList<Appointment> sessions, TerritoryDirectory directory, RdvSettings settings, Links links, Recipient recipient)
    {
        var first = sessions[0];
        var where = new Whereabouts(directory.Places.GetValueOrDefault(first.PlaceId), directory.Structures.GetValueOrDefault(first.StructureId));
        var link = Address(ManageLink.Short(first, settings, links));
        return Wording.Fit(
        [
            Enrolled(kind, first, recipient),
            When(first.LocalStart),
            Then(sessions.Count - 1),
            where.Place(),
            Stop,
            where.Who(),
            Call(Gsm7.ToGsm7(settings.HotlinePhone)),
            ManageCourse(link),
        ]);
    }

    private static Saying[] Opening(string kind, What whose) => kind switch
    {
        MessageKinds.Confirmation =>
            [.. whose.Fully($"{{0}} est confirmé{whose.Ending}: ", 0), .. whose.Shortly($"{{0}} confirmé{whose.Ending}: ", 2), .. whose.Shortly("{0} ", 4)],
        MessageKinds.Reminder => [.. whose.Fully("Rappel: {0} du ", 0), .. whose.Shortly("Rappel {0} ", 2), .. whose.Unsaid("Rappel ", 12)],
        MessageKinds.Move =>
        [
            .. whose.Fully($"{{0}} est déplacé{whose.Ending} au ", 0),
            .. whose.Shortly($"{{0}} déplacé{whose.Ending} au ", 2),
            .. whose.Shortly($"{{0}} déplacé{whose.Ending}: ", 4),
        ],
        MessageKinds.Link => [.. whose.Fully("{0}: ", 0), .. whose.Shortly("{0} ", 2)],
        MessageKinds.Cancellation => throw new ArgumentException("The appointment is not cancelled.", nameof(kind)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No SMS about an appointment has this kind."),
    };

    private static Saying[] Of(What whose, bool isWhole) => isWhole
        ? [.. whose.Fully("{0} à partir du ", 0), .. whose.Fully("{0} dès le ", 1), .. whose.Shortly("{0} dès le ", 2)]
        : [.. whose.Fully("{0} du ", 0), .. whose.Shortly("{0} du ", 2)];

    private static Saying[] Then(int further) => further switch
    {
        0 => [new("", 0)],
        1 => [new(", puis 1 séance", 0), new(" +1 date", 4)],
        _ => [new($", puis {further} séances", 0), new($" +{further} dates", 4)],
    };

    private static Saying[] Cancelled(Appointment appointment, string cancelled) => appointment.CancelledBy switch
    {
        Actor.Advisor =>
        [
            new($" est {cancelled} par votre conseiller. Veuillez nous excuser. ", 0),
            new($" est {cancelled}. Veuillez nous excuser. ", 3),
        ],
        // The hotline cancels for the person who calls.
        Actor.Citizen or Actor.Hotline =>
        [
            new($" est {cancelled}, comme demandé. ", 0),
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
            new($"{FrenchDates.NumericSmsDate(local.Date)}{hour}", 10),
        ];
    }

    /// <summary>
    /// In the place of an address: who calls whom. The number is the one that the SMS goes to; a helper's telephone is anybody's, and is not told it.
    /// </summary>
    private static Saying[] Calls(PhoneNumber number, Recipient recipient)
    {
        if (recipient == Recipient.Helper)
        {
            return [new(". C'est par téléphone: le conseiller l'appelle", 0), new(", par téléphone: on l'appelle", 5)];
        }

        var said = Gsm7.ToGsm7(number.ToNational());
        return
        [
            new($". Votre conseiller vous appelle au {said}", 0),
            new($", votre conseiller vous appelle au {said.Replace(" ", "", StringComparison.Ordinal)}", 4),
            new($", on vous appelle au {said.Replace(" ", "", StringComparison.Ordinal)}", 6),
        ];
    }

    /// <summary>Never the address: a telephone is looked at by others, and who lives there knows it.</summary>
    private static Saying[] AtHome(Recipient recipient) => recipient == Recipient.Helper
        ? [new(". Le conseiller va à son domicile", 0), new(", à son domicile", 2)]
        : [new(". Votre conseiller vient chez vous", 0), new(", chez vous", 2)];

    private static Saying[] ByVideo => [new(", en vidéo. ", 0)];

    /// <summary>
    /// The link is worth a second segment; where it would take a third, the page has it. Nothing stands right behind it: a telephone would take
    /// it for a part of the address.
    /// </summary>
    private static Saying[] Room(VideoRoom video) => video switch
    {
        { IsTold: false } => [new("Le lien vidéo vous est envoyé la veille. ", 0), new("Lien vidéo envoyé la veille. ", 3)],
        { Link: { } link } => [new($"Lien vidéo: {Address(link)} ", 0), new("Lien vidéo sur votre page. ", Wording.SecondSegment + 15)],

        // The advisor has taken it away: nobody waits for it in vain.
        _ => [new("Pour le lien vidéo, appelez-nous. ", 0)],
    };

    private static Saying[] Call(string phone) =>
    [
        new($"Une question? Appelez le {phone}. ", 0),
        new($"Tél. {phone}. ", 2),
        new($"{phone}. ", 6),
        new($"{phone.Replace(" ", "", StringComparison.Ordinal)}. ", 16),
    ];

    /// <summary>Never the bare number: beside the one that is called, nobody would know which is which.</summary>
    private static Saying[] CallNamed(string phone) => Call(phone)[..2];

    // "Infos et annulation" was read as "cancelled" (RDV Service Public, #6083): verbs, which say what one may do. A seat cannot be moved.
    private static Saying[] Manage(string link, bool isSeat) => isSeat
        ? [new($"Pour annuler l'inscription: {link}", 0), new($"Pour annuler: {link}", 2)]
        : [new($"Changer ou annuler: {link}", 0)];

    private static Saying[] ManageCourse(string link) => [new($"Toutes les dates, ou annuler: {link}", 0), new($"Dates, annuler: {link}", 2), new($"Dates: {link}", 6)];

    private static Saying[] Again(string phone, string site) =>
    [
        new($"Pour prendre un autre rendez-vous: {phone} ou {site}", 0),
        new($"Pour un autre RDV: {phone} ou {site}", 2),
        new($"Autre RDV: {phone} ou {site}", 5),
    ];

    /// <summary>What the message is about: the citizen's own appointment, or that of the person whom the helper helps.</summary>
    private static What Whose(Appointment appointment, Recipient recipient)
    {
        var titles = appointment.Seat is { } seat ? Titles(seat.Title, seat.Session is null ? 5 : CourseUnsaid) : null;
        var isHelper = recipient == Recipient.Helper;
        if (appointment.Seat?.Session is { Number: var number })
        {
            // With its number: of five days, which one has moved?
            return isHelper
                ? new(
                    Each(titles!, title => $"la séance {number} du cours{title} {HelpedPerson(appointment)}"),
                    [
                        .. Each(titles!, title => $"séance {number} du cours{title} {HelpedPerson(appointment)}"),
                        new($"séance {number} {HelpedPerson(appointment)}", CourseUnsaid + 4),
                    ])
                { IsFeminine = true }
                : new(Each(titles!, title => $"votre séance {number} du cours{title}"), Each(titles!, title => $"séance {number} du cours{title}")) { IsFeminine = true };
        }

        if (!isHelper)
        {
            return titles is null
                ? new([new("votre rendez-vous", 0)], [new("RDV", 0)], IsOwnAppointment: true)
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
        var whose = recipient == Recipient.Helper ? "l'inscription " + HelpedPerson(appointment) : "votre inscription";
        var seat = appointment.Seat!;
        if (seat.Session is not { Number: var number })
        {
            return new(Each(Titles(seat.Title), title => $"{whose} à l'atelier{title}"), [new(whose, 6)]) { IsFeminine = true };
        }

        var to = appointment.IsWholeCancelled ? "au cours" : $"à la séance {number} du cours";
        return new(
            Each(Titles(seat.Title, CourseUnsaid), title => $"{whose} {to}{title}"),
            Each(Titles(seat.Title, CourseUnsaid), title => $"{(recipient == Recipient.Helper ? whose : "inscription")} {to}{title}"))
        { IsFeminine = true };
    }

    /// <summary>All sessions of a course, booked as one.</summary>
    private static Saying[] Enrolled(string kind, Appointment appointment, Recipient recipient)
    {
        var titles = Titles(appointment.Seat!.Title, CourseUnsaid);
        var of = recipient == Recipient.Helper ? " " + HelpedPerson(appointment) : "";
        var confirmed = kind == MessageKinds.Confirmation ? " est confirmée" : "";
        var whose = of.Length > 0 ? "L'inscription" + of : "Votre inscription";
        return
        [
            .. titles.Select(title => new Saying($"{whose} au cours{title.Text}{confirmed}: ", title.Loss)),
            .. titles.Select(title => new Saying($"Inscription{of} au cours{title.Text}: ", title.Loss + 2)),
            .. titles.Select(title => new Saying($"Cours{title.Text}{of}: ", title.Loss + 4)),
        ];
    }

    private static What WholeCourse(Appointment appointment, Recipient recipient)
    {
        var titles = Titles(appointment.Seat!.Title, CourseUnsaid);
        var whose = recipient == Recipient.Helper ? " " + HelpedPerson(appointment) : "";
        return new(Each(titles, title => $"{(whose.Length > 0 ? "le" : "votre")} cours{title}{whose}"), Each(titles, title => $"cours{title}{whose}"));
    }

    private static string HelpedPerson(Appointment appointment)
    {
        // The number of the helper is anybody's, and so is what the citizen is called.
        var firstName = WordsOfOthers.Name(appointment.Citizen.Name) is { } name ? FrenchNames.FirstName(name) : null;
        var plain = WordsOfOthers.Name(firstName is { Length: <= 24 } ? Gsm7.ToGsm7(firstName) : null);
        return plain is null ? "de la personne que vous aidez" : FrenchNames.Of(plain);
    }

    /// <summary>
    /// The title of a workshop between quotation marks, then cut between words, then left out: day, hour and place still name it. One with an
    /// address in it is left out from the start: a telephone would make a link of it, and the only one is ours.
    /// </summary>
    /// <param name="unsaid">What is lost when it is left out: of a course, of which there are several, more than of a workshop.</param>
    private static Saying[] Titles(string title, int unsaid = 5)
    {
        var plain = Whereabouts.Plain(WordsOfOthers.Line(Gsm7.ToGsm7(title))).Replace('"', '\'');
        var sayings = new List<Saying>();
        Add(plain.Length <= 80 ? plain : "", 0);
        Add(ShortNames.Cut(plain, 40), 2);
        Add(ShortNames.Cut(plain, 24), 4);
        sayings.Add(new("", unsaid));
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

    private static string Capital(string text) => Gsm7.ToGsm7(char.ToUpperInvariant(text[0]).ToString()) + text[1..];

    // Accents in a host name or a path are written as browsers send them: transliterated, the address would be another one.
    private static string Address(string url) =>
        Gsm7.IsGsm7(url) || !Uri.TryCreate(url, UriKind.Absolute, out var parsed)
            ? Gsm7.ToGsm7(url)
            : new UriBuilder(parsed) { Host = parsed.IdnHost, Port = parsed.IsDefaultPort ? -1 : parsed.Port }.Uri.AbsoluteUri.TrimEnd('/');

    /// <summary>How the thing that the message is about may be called, at length and in short.</summary>
    /// <param name="IsOwnAppointment">What else would they be reminded of?</param>
    private readonly record struct What(Saying[] Full, Saying[] Short, bool IsOwnAppointment = false)
    {
        public bool IsFeminine { get; init; }

        /// <summary>Of a participle.</summary>
        public string Ending => IsFeminine ? "e" : "";

        public Saying[] Unsaid(string sentence, int loss) => IsOwnAppointment ? [new(sentence, loss)] : [];

        /// <param name="sentence">With <c>{0}</c> for the name. Names hold anything, so that nothing but this is put in its place.</param>
        public Saying[] Fully(string sentence, int loss) => Said(Full, sentence, loss);

        public Saying[] Shortly(string sentence, int loss) => Said(Short, sentence, loss);

        private static Saying[] Said(Saying[] names, string sentence, int loss)
        {
            var parts = sentence.Split("{0}");
            return [.. names.Select(name => new Saying(Capital(parts[0] + name.Text) + parts[1], name.Loss + loss))];
        }
    }
}
