using Rdv.Appointments;
using Rdv.Ids;
using Rdv.Territories;
using Rdv.Tests.Reminders;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Ids;

/// <summary>References and links as people type them and as programs copy them.</summary>
public sealed class CopiedCodesTests
{
    private static readonly Links Links = MessageSamples.Links;
    private static readonly string[] Territories = ["01", "2B", "971", "988"];

    [Theory]
    [InlineData("69-K7Q2-9XM4")]
    [InlineData("69–K7Q2–9XM4")]
    [InlineData("69‑K7Q2‑9XM4")]
    [InlineData("69—K7Q2—9XM4")]
    [InlineData("69−K7Q2−9XM4")]
    [InlineData("69\u00adK7Q2\u00ad9XM4")]
    [InlineData("69.K7Q2.9XM4")]
    [InlineData("69_K7Q2_9XM4")]
    [InlineData("69-K7Q2-9XM4.")]
    [InlineData("69-K7Q2-9XM4%20")]
    [InlineData("RDV 69-K7Q2-9XM4")]
    [InlineData("réf. n° 69 k7q2 9xm4 !")]
    [InlineData("«\u00a069-K7Q2-9XM4\u00a0»")]
    [InlineData("69K7Q29XM4")]
    public void A_reference_is_read_however_it_was_copied(string text)
    {
        AppointmentReference.TryParse(text, out var reference).ShouldBeTrue();
        reference.ToString().ShouldBe("69-K7Q2-9XM4");
        AppointmentReference.TryParseUnlessNumber(text, out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("RDV")]
    [InlineData("69-K7Q2-9XM5")]
    [InlineData("00-K7Q2-9XM4")]
    [InlineData("69-K7Q2-9XM4-69-K7Q2-9XM4")]
    public void What_is_no_reference_is_none(string text) => AppointmentReference.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Ten_digits_that_begin_with_0_are_a_number()
    {
        var passes = 0;
        for (var line = 0; line < 1_000; line++)
        {
            var number = $"019900{line:0000}";
            passes += AppointmentReference.TryParse(number, out var reference) ? 1 : 0;
            AppointmentReference.TryParseUnlessNumber(number, out _).ShouldBeFalse(number);
            AppointmentReference.TryParseUnlessNumber($"{number[..2]} {number[2..4]} {number[4..6]} {number[6..8]} {number[8..]}", out _).ShouldBeFalse(number);

            // Written as we write it, it is one: someone has drawn it.
            AppointmentReference.TryParseUnlessNumber(reference.ToString(), out var read).ShouldBe(reference != default);
            read.ShouldBe(reference);
        }

        passes.ShouldBeInRange(20, 50, "one in 31 has the check character");
    }

    [Theory]
    [InlineData("69")]
    [InlineData("2A")]
    [InlineData("974")]
    public void A_short_link_holds_the_reference_and_the_whole_key(string territory)
    {
        var appointment = MessageSamples.Appointment(territory);
        var link = ManageLink.Short(appointment, MessageSamples.Settings, Links);
        var token = link["https://rdv.example.fr/".Length..];
        token.Length.ShouldBe(territory.Length + 7 + Links.KeyLength);
        token.ShouldEndWith(Links.KeyOf(appointment), Case.Sensitive, "65 bits, as in the long link");
        foreach (var copied in new[] { token, token + ".", token + ")", token + "%20", token + " ", token.ToLowerInvariant(), token + "\u201d" })
        {
            ManageLink.TryParseToken(copied, out var reference, out var key).ShouldBeTrue(copied);
            reference.ShouldBe(appointment.Reference);
            Links.Opens(appointment, key).ShouldBeTrue(copied);
        }

        // A wrong letter in either part opens nothing.
        for (var i = 0; i < token.Length; i++)
        {
            var wrong = token[..i] + (token[i] == 'Z' ? 'Y' : 'Z') + token[(i + 1)..];
            (ManageLink.TryParseToken(wrong, out var reference, out var key) && reference == appointment.Reference && Links.Opens(appointment, key)).ShouldBeFalse(wrong);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(")")]
    [InlineData("%20")]
    [InlineData("\u00a0»")]
    public void The_key_of_a_long_link_opens_with_what_was_copied_along(string after)
    {
        var appointment = MessageSamples.Appointment();
        Links.Opens(appointment, Links.KeyOf(appointment) + after).ShouldBeTrue();
        Links.Opens(appointment, Links.KeyOf(appointment)[..^1] + after).ShouldBeFalse();
        Links.Opens(appointment, Links.KeyOf(appointment) + "0" + after).ShouldBeFalse();
    }

    [Fact]
    public void A_link_names_its_appointment_whichever_it_is()
    {
        var appointment = MessageSamples.Appointment();
        var (shortOne, longOne) = (ManageLink.Short(appointment, MessageSamples.Settings, Links), ManageLink.Of(appointment, MessageSamples.Settings, Links));
        foreach (var text in new[] { shortOne, longOne, shortOne + ".", longOne + ")", "Gérer: " + shortOne, longOne + "/annuler", longOne["https://".Length..] })
        {
            ManageLink.TryFindReference(text, out var reference).ShouldBeTrue(text);
            reference.ShouldBe(appointment.Reference);
        }

        ManageLink.TryFindReference("https://rdv.example.fr/hotline", out _).ShouldBeFalse();
        ManageLink.TryFindReference(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_drawn_reference_comes_back_from_its_link()
    {
        foreach (var territory in Territories.Select(Territory.Parse))
        {
            for (var nonce = 0; nonce < 200; nonce++)
            {
                var drawn = AppointmentReference.Derive(territory, $"{nonce}");
                AppointmentReference.TryFromLink(drawn.InLink, out var read).ShouldBeTrue();
                read.ShouldBe(drawn);
            }
        }
    }
}
