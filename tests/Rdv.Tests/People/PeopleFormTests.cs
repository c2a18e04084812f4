using Rdv.People;
using Shouldly;
using Xunit;

namespace Rdv.Tests.People;

public sealed class PeopleFormTests
{
    [Theory]
    [InlineData(" Odette Fictive ", "Odette Fictive")]
    [InlineData("\u202aOdette\u202c Fictive\u200b", "Odette Fictive")]
    [InlineData("\u202eevitciF ettedO", "evitciF ettedO")]
    [InlineData("Odette\u2028Fictive", "OdetteFictive")]
    [InlineData("Odette \ud83d\udc69\u200d\ud83e\uddbd", "Odette \ud83d\udc69\u200d\ud83e\uddbd")]
    public void A_name_keeps_what_is_seen_of_it(string text, string name)
    {
        var errors = new FieldErrors();
        PeopleForm.CheckLine(text, "name", "missing", errors).ShouldBe(name);
        errors.Any.ShouldBeFalse();
    }

    [Theory]
    [InlineData("\u200b\u200b")]
    [InlineData("\u00a0\u202e")]
    public void A_name_of_which_nothing_is_seen_is_missing(string text)
    {
        var errors = new FieldErrors();
        PeopleForm.CheckLine(text, "name", "missing", errors).ShouldBeNull();
        errors.ByField["name"].ShouldBe(["missing"]);
    }
}
