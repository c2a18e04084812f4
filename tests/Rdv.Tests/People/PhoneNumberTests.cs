using Rdv.People;
using Rdv.Territories;
using Shouldly;
using Xunit;

namespace Rdv.Tests.People;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("06 39 98 12 34", "69")]
    [InlineData("+33 (0)6 39 98 12 34", "69")]
    [InlineData("0033639981234", "974")]
    [InlineData("06.39.98.12.34", "976")]
    [InlineData("06\u00a039\u202f98\u202f12\u202f34", "69")]
    [InlineData("\u202a06 39 98 12 34\u202c", "69")]
    public void A_number_kept_for_fiction_is_a_French_mobile(string text, string territory)
    {
        PhoneNumber.TryParse(text, Territory.Parse(territory), out var number).ShouldBeTrue();
        number.E164.ShouldBe("+33639981234");
        number.CanReceiveSms.ShouldBeTrue();
        number.ToNational().ShouldBe("06 39 98 12 34");
        PhoneNumber.FromE164(number.E164).ShouldBe(number);
    }

    [Theory]
    [InlineData("06 39 98 12 3")]
    [InlineData("06 39 98 12 345")]
    public void It_still_has_ten_digits(string text) => PhoneNumber.TryParse(text, Territory.Parse("69"), out _).ShouldBeFalse();
}
