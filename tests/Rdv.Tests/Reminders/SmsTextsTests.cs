using CsCheck;
using NodaTime;
using Rdv.Appointments;
using Rdv.Language;
using Rdv.Messages;
using Rdv.People;
using Rdv.Sms;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Reminders;

public sealed class SmsTextsTests
{
    private static readonly string[] ActiveKinds =
        [MessageKinds.Confirmation, MessageKinds.Reminder, MessageKinds.Move, MessageKinds.Link];

    private static string Write(
        string kind,
        Appointment? appointment = null,
        Rdv.Directory.TerritoryDirectory? directory = null,
        RdvSettings? settings = null,
        Recipient? recipient = null) =>
        SmsTexts.For(
            kind,
            appointment ?? MessageSamples.Appointment(),
            directory ?? MessageSamples.Directory(),
            settings ?? MessageSamples.Settings,
            MessageSamples.Links,
            recipient ?? Recipient.Citizen);

    private static Appointment Cancelled(Actor by) =>
        MessageSamples.Appointment() with { Status = AppointmentStatus.Cancelled, CancelledBy = by, Version = 2 };

    private static string Link(Appointment appointment, string baseUrl = "https://rdv.example.fr") =>
        ManageLink.Short(appointment, MessageSamples.Settings with { SiteBaseUrl = baseUrl }, MessageSamples.Links);

    [Fact]
    public void A_text_says_when_where_and_whom_to_call_before_the_link()
    {
        foreach (var kind in ActiveKinds)
        {
            var text = Write(kind, directory: MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", "2 place de Weingarten", "Bron"));
            Gsm7.Segments(text).ShouldBe(1, text);
            text.ShouldMatch(@" à 9h30, Mairie de Bron, 2 pl(ace|\.) de Weingarten\. ");
            text.ShouldContain(" 24 nov");
            text.ShouldContain("01 99 00 12 34");
            text.ShouldEndWith("Changer ou annuler: " + Link(MessageSamples.Appointment()));
            text.ShouldNotContain("annulé", Case.Insensitive, "a text about an appointment that holds was read as a cancellation");
        }
    }

    [Theory]
    [InlineData("974", 9, 30, "9h30")]
    [InlineData("69", 9, 30, "9h30")]
    [InlineData("987", 14, 0, "14h")]
    [InlineData("975", 8, 5, "8h05")]
    public void The_hour_is_the_wall_time_of_the_territory(string territory, int hour, int minute, string written) =>
        Write(MessageKinds.Reminder, MessageSamples.Appointment(territory, new LocalDateTime(2026, 11, 24, hour, minute)))
            .ShouldMatch(@"24( nov(\.|embre)|/11) à " + written);

    [Fact]
    public void The_day_is_that_of_the_territory_when_Paris_is_still_on_another_one() =>
        // 10:00 on the 24th in Nouméa is 00:00 in Paris; 20:00 on the 23rd in Tahiti is 07:00 on the 24th.
        Write(MessageKinds.Reminder, MessageSamples.Appointment("987", new LocalDateTime(2026, 11, 23, 20, 0))).ShouldMatch(@"23( nov(\.|embre)|/11) à 20h");

    [Theory]
    [InlineData(3, 29, 9)]
    [InlineData(10, 25, 9)]
    public void The_hour_holds_on_the_days_of_the_clock_change(int month, int day, int hour) =>
        Write(MessageKinds.Reminder, MessageSamples.Appointment(at: new LocalDateTime(2026, month, day, hour, 0))).ShouldContain($" à {hour}h");

    [Fact]
    public void A_cancellation_says_so_and_how_to_book_again()
    {
        Write(MessageKinds.Cancellation, Cancelled(Actor.Citizen)).ShouldContain("est annulé, comme");
        Write(MessageKinds.Cancellation, Cancelled(Actor.Hotline)).ShouldContain("est annulé, comme");
        Write(MessageKinds.Cancellation, Cancelled(Actor.Advisor)).ShouldContain("excuser");
        foreach (var by in Enum.GetValues<Actor>())
        {
            var text = Write(MessageKinds.Cancellation, Cancelled(by));
            Gsm7.Segments(text).ShouldBe(1, text);
            text.ShouldContain("24 nov");
            text.ShouldContain("9h30");
            text.ShouldEndWith("01 99 00 12 34 ou https://rdv.example.fr");
        }
    }

    [Fact]
    public void A_text_about_a_cancelled_appointment_never_looks_like_an_appointment() =>
        Write(MessageKinds.Link, Cancelled(Actor.Citizen)).ShouldContain("est annulé");

    [Fact]
    public void Nobody_is_told_of_a_cancellation_that_did_not_happen()
    {
        Should.Throw<ArgumentException>(() => Write(MessageKinds.Cancellation));
        Should.Throw<ArgumentException>(() => Write(MessageKinds.Invite));
    }

    [Theory]
    [InlineData("Odette Fictive", "d'Odette")]
    [InlineData("Mme FICTIVE Paulette", "de Paulette")]
    [InlineData("Dr Odette Fictive", "d'Odette")]
    [InlineData("de La Tour Marie", "de la personne que vous aidez")]
    [InlineData("Monsieur et Madame Fictif", "de la personne que vous aidez")]
    [InlineData("Le Guen Yves", "de la personne que vous aidez")]
    [InlineData("Mme Vve Fictive", "de la personne que vous aidez")]
    [InlineData("El Amrani Fatima", "de la personne que vous aidez")]
    [InlineData("D'Ornano Odette", "de la personne que vous aidez")]
    [InlineData("Mme Fictive", "de la personne que vous aidez")]
    [InlineData("أمينة", "de la personne que vous aidez")]
    [InlineData("cpf-gouv.info/69", "de la personne que vous aidez")]
    [InlineData("Odette cpf-gouv.info", "de la personne que vous aidez")]
    [InlineData("Odette 0899 12 34 56", "de la personne que vous aidez")]
    public void A_helper_reads_the_first_name_of_the_citizen(string name, string of)
    {
        var appointment = MessageSamples.Appointment();
        appointment = appointment with { Citizen = appointment.Citizen with { Name = name } };
        foreach (var kind in ActiveKinds)
        {
            var text = Write(kind, appointment, recipient: Recipient.Helper);
            text.ShouldContain(of);
            text.ShouldNotContain("votre rendez-vous");
            text.ShouldNotContain("Fictive", Case.Insensitive);
            Gsm7.IsGsm7(text).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_citizen_does_not_read_their_own_name() => Write(MessageKinds.Reminder).ShouldNotContain("Odette");

    [Fact]
    public void A_long_base_address_costs_a_second_segment_and_nothing_else()
    {
        var settings = MessageSamples.Settings with { SiteBaseUrl = "https://rendez-vous.conseillers-numeriques.departement-du-rhone.example.gouv.fr/rdv" };
        foreach (var kind in ActiveKinds)
        {
            var text = Write(kind, settings: settings);
            Gsm7.Segments(text).ShouldBe(2, text);
            text.ShouldEndWith(Link(MessageSamples.Appointment(), settings.SiteBaseUrl));
            text.ShouldMatch(@"Médiathèque Léonard de Vinci, 55 av(enue|\.) Maurice Thorez, Vaulx-en-Velin");
        }
    }

    [Fact]
    public void A_host_name_with_accents_is_written_as_browsers_send_it()
    {
        var settings = MessageSamples.Settings with { SiteBaseUrl = "https://forêt.example.fr" };
        Write(MessageKinds.Link, settings: settings).ShouldContain("https://xn--fort-ipa.example.fr/69");
    }

    [Fact]
    public void The_name_of_the_place_gives_way_between_words_and_the_street_stays()
    {
        var text = Write(
            MessageKinds.Confirmation,
            directory: MessageSamples.Directory(
                "SI POUR LE DEVELOPPEMENT SOCIAL DES CANTONS DE VILLENEUVE-LEZ-AVIGNON ET ROQUEMAURE (SIDSCAVAR)",
                "Développement social de Villeneuve-lez-Avignon et de Roquemaure",
                "1 av. des Équipages",
                "Roquemaure"));
        Gsm7.Segments(text).ShouldBe(1, text);
        text.ShouldContain("Développement social de Villeneuve");
        text.ShouldContain("1 av. des Équipages");
        foreach (var dangling in new[] { " et,", " des,", " de," })
        {
            text.ShouldNotContain(dangling);
        }
    }

    /// <summary>A name of words that every town has is not one: with its commune, or not at all.</summary>
    [Theory]
    [InlineData("ASSOCIATION DES MAISONS DE QUARTIER DES ESSAIS", "24 RUE DES ESSAIS RENOUVELES", "La Roche-sur-Yon", "ESSAIS")]
    [InlineData("CENTRE SOCIOCULTUREL INTERCOMMUNAL", "9 RUE DE LA GRANDE EPREUVE", "Hucqueliers", "CENTRE SOCIOCULTUREL")]
    [InlineData("CENTRE COMMUNAL D'ACTION SOCIALE", "7 RUE DES ESSAIS", "Bègles", "CCAS de Bègles")]
    [InlineData("CENTRE INTERCOMMUNAL D'ACTION SOCIALE", "7 RUE DES ESSAIS", "Albi", "CIAS d'Albi")]
    [InlineData("COMMUNAUTE COMMUNES DU CHEMIN DES DAMES", "1 RUE DE L'EPREUVE", "Craonne", "CC DU CHEMIN DES DAMES")]
    [InlineData("CENTRE SOCIAL", "12 AVENUE DU MARECHAL DES ESSAIS", "Le Robert", "CENTRE SOCIAL du Robert")]
    [InlineData("MAISON DES JEUNES ET DE LA CULTURE", "12 AVENUE DES ESSAIS", "Les Abymes", "MJC des Abymes")]
    [InlineData("COMMUNE D ONET LE CHATEAU", "12 RUE DES ESSAIS", "Onet-le-Château", "Mairie d'ONET LE CHATEAU")]
    public void A_place_is_never_a_bare_kind_of_body(string name, string street, string commune, string said)
    {
        foreach (var kind in ActiveKinds)
        {
            var text = Write(kind, directory: MessageSamples.Directory(name, name, street, commune));
            var unabbreviated = Write(kind, directory: MessageSamples.Directory(name, name, street, commune), settings: MessageSamples.Settings with { SiteBaseUrl = "https://r.fr" });
            (text + unabbreviated).ShouldContain(said);
            text.ShouldContain(street.Split(' ')[^1]);
            foreach (var bare in new[] { "CENTRE", "COMMUNAUTE", "ASSOCIATION", "Assoc.", "MAISON", "CC", "CCAS", "CIAS", "MJC", "CENTRE SOCIAL", "CENTRE SOCIOCULTUREL" })
            {
                text.ShouldNotContain($", {bare}, ");
                text.ShouldNotContain($", {bare}. ");
            }
        }
    }

    [Fact]
    public void The_place_comes_before_who_receives_there_and_who_is_not_the_place()
    {
        var settings = MessageSamples.Settings with { SiteBaseUrl = "https://r.fr" };
        var text = Write(MessageKinds.Confirmation, directory: MessageSamples.Directory("Mairie de Vaulx", "Médiathèque Vinci", "5 rue Thorez", "Bron"), settings: settings);
        Gsm7.Segments(text).ShouldBe(1, text);
        text.ShouldContain("Médiathèque Vinci, 5 rue Thorez, Bron. ");
        text.IndexOf("Mairie de Vaulx", StringComparison.Ordinal).ShouldBeGreaterThan(text.IndexOf("Bron. ", StringComparison.Ordinal), text);
        text.IndexOf("Mairie de Vaulx", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("Changer ou annuler", StringComparison.Ordinal), text);
    }

    [Fact]
    public void Small_words_go_before_the_street()
    {
        var text = Write(MessageKinds.Confirmation, directory: MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", "125 rue du Commandant Essai", "Bron"));
        Gsm7.Segments(text).ShouldBe(1, text);
        text.ShouldContain("Mairie de Bron, 125 rue du Commandant Essai. ");
        text.ShouldNotContain("confirmé");
    }

    [Theory]
    [InlineData("2 place de l'Essai, BP 1234", "2 place de l'Essai. ")]
    [InlineData("2 place de l'Essai CS 40001", "2 place de l'Essai. ")]
    [InlineData("17 Grande Place", "17 Grande Place. ")]
    public void A_street_is_where_one_can_go(string street, string said) =>
        Write(MessageKinds.Link, directory: MessageSamples.Directory("Mairie de Bron", "Mairie de Bron", street, "Bron")).ShouldContain(said);

    [Fact]
    public void A_second_segment_is_paid_for_rather_than_losing_the_name_or_the_street()
    {
        var text = Write(MessageKinds.Move, directory: MessageSamples.Directory(
            "Mairie", "Anticonstitutionnellement-Interdépartementalisation", "125 Interdépartementalisation-Anticonstitutionnelle", "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"));
        Gsm7.Segments(text).ShouldBe(2, text);
        text.ShouldContain("Anticonstitutionnellement-Interdépartementalisation, 125 Interdépartementalisation-Anticonstitutionnelle, ");
    }

    [Fact]
    public void A_place_that_is_not_the_structure_is_always_named()
    {
        foreach (var kind in ActiveKinds)
        {
            foreach (var recipient in new[] { Recipient.Citizen, Recipient.Helper })
            {
                var text = Write(kind, recipient: recipient);
                (text.Contains("Médiathèque", StringComparison.Ordinal) || text.Contains("Thorez", StringComparison.Ordinal)).ShouldBeTrue(text);
            }
        }
    }

    [Fact]
    public void A_missing_structure_or_place_still_gives_a_text()
    {
        var empty = new Rdv.Directory.TerritoryDirectory(Rdv.Territories.Territory.Parse("69"), [], [], []);
        Write(MessageKinds.Confirmation, directory: empty).ShouldContain("à 9h30, votre conseiller numérique. ");
    }

    [Fact]
    public void Awkward_names_never_make_UCS2_and_never_lose_what_matters()
    {
        var letters = Gen.OneOf(
            Gen.OneOf("ç", "œ", "’", "👋", "👩🏽‍🦽", "Ñ", "عربي", " ", " ", "-", "Médiathèque", "de", "l’", "€", "[", "\uD83D", "(", "\n", "日本"),
            Gen.Char['\u0000', '\u04FF'].Select(letter => letter.ToString()));
        var names = letters.Array[0, 30].Select(parts => string.Concat(parts));
        var zones = Gen.OneOf("69", "2A", "971", "973", "974", "975", "987", "988");
        Gen.Select(names, names, names, names, names, zones, Gen.Int[0, 500_000]).Sample(
            (structure, place, address, commune, citizen, territory, minutes) =>
            {
                var appointment = MessageSamples.Appointment(territory, new LocalDateTime(2026, 1, 1, 0, 0).PlusMinutes(minutes));
                appointment = appointment with { Citizen = appointment.Citizen with { Name = citizen } };
                var directory = MessageSamples.Directory(structure, place, address, commune);
                foreach (var kind in ActiveKinds)
                {
                    foreach (var recipient in new[] { Recipient.Citizen, Recipient.Helper })
                    {
                        var text = Write(kind, appointment, directory, recipient: recipient);
                        Gsm7.IsGsm7(text).ShouldBeTrue();
                        Gsm7.Segments(text).ShouldBeLessThanOrEqualTo(2);
                        text.ShouldEndWith(Link(appointment));
                        text.Replace(" ", "", StringComparison.Ordinal).ShouldContain("0199001234");
                        text.ShouldMatch($" {(appointment.LocalStart.Day == 1 ? "1(er|/)" : appointment.LocalStart.Day)}[ /]?");
                        text.ShouldContain(" à " + FrenchDates.SmsTime(appointment.LocalStart.TimeOfDay));
                    }
                }
            },
            iter: 300);
    }
}
