using AngleSharp.Html.Parser;
using Rdv.Tests.Contract;
using Rdv.Tests.Infrastructure;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Language;

/// <summary>Every page and SMS is read by someone who reads with effort: short sentences, short words (<see cref="Readability"/>).</summary>
public sealed class ReadabilityTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const int MaxWords = 15;
    private const double MinEase = 70;

    private const string Hotline = "hotline";
    private const string Advisor = "advisor:69/" + ContractApp.Advisor;
    private const string Structure = "structure:69/" + ContractApp.Structure;
    private const string Admin = "admin";

    private static readonly (string? Persona, string Address)[] Pages =
    [
        (null, "/"), (null, "/commune?q=vaulx"), (null, "/commune?q=zzz"), (null, "/sujet?commune=69256"), (null, "/creneaux?commune=69256&sujet=premiers-pas"),
        (null, "/creneaux?commune=48095&sujet=premiers-pas"), (null, "/rappel?commune=69256&sujet=premiers-pas"), (null, "/ateliers?commune=69256"), (null, "/lien"),
        (null, "/plan"), (null, "/facile"), (null, "/lieux"), (null, "/lieux?ou=69"), (null, "/accessibilite"), (null, "/mentions-legales"), (null, "/donnees-personnelles"),
        (null, "/rien-de-tel"), (null, "{key}"), (null, "{key}?nouveau=1"), (null, "{key}/deplacer"), (null, "{key}/annuler"), (null, "{key}/carte"), (null, "/r/69-AAAA-AAAA/faux"),
        (Hotline, "/hotline"), (Hotline, "/hotline/appels"), (Hotline, "/hotline/demandes"), (Hotline, "/advisor"), (Hotline, "/hotline/rendez-vous/{reference}"),
        (Advisor, "/advisor"), (Advisor, "/advisor/pourquoi"), (Advisor, "/advisor/venus"), (Advisor, "/advisor/heures"),
        (Structure, "/structure"), (Admin, "/gestion"), (Admin, "/gestion?nom=aline"), (Admin, "/gestion/import"), (Admin, "/gestion/personne"),
    ];

    [Fact]
    public async Task No_sentence_of_a_page_is_longer_than_fifteen_words_and_every_page_is_easy()
    {
        var booked = await app.PostAsync("/api/hotline/appointments", app.Booking(await app.DrawStartAsync()), Hotline);
        var reference = booked.Json.GetProperty("reference").GetString()!;
        var key = "/r/" + reference + "/" + booked.Json.GetProperty("key").GetString();
        var hard = new List<string>();
        foreach (var (persona, template) in Pages)
        {
            var address = template.Replace("{key}", key, StringComparison.Ordinal).Replace("{reference}", reference, StringComparison.Ordinal);
            var blocks = Readability.Blocks(new HtmlParser().ParseDocument((await app.GetAsync(address, persona)).Text));
            blocks.ShouldNotBeEmpty(template);
            hard.AddRange(blocks.SelectMany(Readability.Sentences).Where(sentence => Readability.Words(sentence) > MaxWords)
                .Select(sentence => $"{template}: {Readability.Words(sentence)} words: {sentence}"));

            // Lists of places and hours are names, not prose.
            var prose = blocks.Where(block => block[^1] is '.' or '?' or '!').ToList();
            if (Readability.Ease(prose) is < MinEase and var ease)
            {
                hard.Add($"{template}: ease {ease:0}: {string.Join(" | ", prose)}");
            }
        }

        hard.ShouldBeEmpty();
    }

    /// <summary>Names of people, places and streets are what they are: each counts for one word.</summary>
    [Fact]
    public void So_is_every_SMS()
    {
        string[] names = ["Médiathèque Léonard de Vinci", "Médiathèque Léonard", "Mairie de Vaulx-en-Velin", "Mairie de Bron", "55 avenue Maurice Thorez", "55 av. Maurice Thorez",
            "2 place de Weingarten", "2 pl. de Weingarten", "12 impasse des Pervenches", "Vaulx-en-Velin", "Protéger ses données personnelles et déjouer les arnaques", "Protéger ses données personnelles"];
        var texts = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "messages.md")).Where(line => line.StartsWith("> ", StringComparison.Ordinal)).Select(line =>
            names.Aggregate(System.Text.RegularExpressions.Regex.Replace(line[2..], @"https?://\S+|[0-9][0-9 ]{8,}[0-9]", ""), (text, name) => text.Replace(name, "là", StringComparison.Ordinal))).ToList();
        texts.Count.ShouldBeGreaterThan(50);
        texts.SelectMany(Readability.Sentences).Where(sentence => Readability.Words(sentence) > MaxWords).ShouldBeEmpty();
        texts.Where(text => Readability.Ease([text]) < MinEase).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_hard_to_read_is_found()
    {
        const string Hard = "L'administration compétente procédera ultérieurement à la régularisation de votre situation individuelle conformément aux dispositions réglementaires applicables.";
        Readability.Ease([Hard]).ShouldBeLessThan(30);
        Readability.Words(Hard).ShouldBeGreaterThan(MaxWords);
        Readability.Ease(["Venez à la mairie mardi. Nous vous aidons. C'est gratuit."]).ShouldBeGreaterThan(MinEase);
        Readability.Sentences("Un. Deux ? Trois : quatre ; cinq").Count().ShouldBe(5);
    }

    [Theory]
    [InlineData("mairie", 2)]
    [InlineData("personnes", 2)]
    [InlineData("appellent", 2)]
    [InlineData("moment", 2)]
    [InlineData("numérique", 3)]
    [InlineData("le", 1)]
    [InlineData("été", 2)]
    [InlineData("rdv", 1)]
    public void Syllables_are_counted_as_they_are_heard(string word, int syllables) => Readability.Syllables(word).ShouldBe(syllables);
}
