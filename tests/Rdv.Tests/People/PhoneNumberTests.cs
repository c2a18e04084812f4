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

    /// <summary>Fewer digits than a number has are a number that was cut off, whatever they would be far away.</summary>
    [Theory]
    [InlineData("69", "75 12 34")]
    [InlineData("69", "98 12 34")]
    [InlineData("69", "87 12 34 56")]
    [InlineData("974", "87 12 34 56")]
    [InlineData("69", "41 12 34")]
    [InlineData("972", "72 12 34")]
    [InlineData("988", "87 12 34 56")]
    [InlineData("987", "75 12 34")]
    [InlineData("2A", "40 41 12 34")]
    public void A_short_number_of_elsewhere_is_not_complete(string territory, string text)
    {
        PhoneNumber.Read(text, Territory.Parse(territory), out _).ShouldBe(PhoneFault.Incomplete);
        PhoneNumber.TryParse(text, Territory.Parse(territory), out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("988", "75 12 34", "+687751234", "+687 75.12.34")]
    [InlineData("987", "87 12 34 56", "+68987123456", "+689 87 12 34 56")]
    [InlineData("975", "41 12 34", "+508411234", "+508 41 12 34")]
    [InlineData("986", "72 12 34", "+681721234", "+681 72 12 34")]
    [InlineData("69", "+689 87 12 34 56", "+68987123456", "+689 87 12 34 56")]
    [InlineData("69", "0692 12 34 56", "+262692123456", "0692 12 34 56")]
    [InlineData("69", "+33 6 92 12 34 56", "+262692123456", "0692 12 34 56")]
    [InlineData("974", "+33 692 12 34 56", "+262692123456", "0692 12 34 56")]
    [InlineData("974", "+262 9 72 72 39 49", "+33972723949", "09 72 72 39 49")]
    [InlineData("69", "0033 6 94 20 12 34", "+594694201234", "0694 20 12 34")]
    [InlineData("69", "+33 6 96 20 12 34", "+596696201234", "0696 20 12 34")]
    [InlineData("971", "+590 6 39 98 12 34", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "06,39,98,12,34", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "06/39/98/12/34", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "Tél. : 06 39 98 12 34 (ma fille)", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "33 6 39 98 12 34", "+33639981234", "06 39 98 12 34")]
    [InlineData("974", "33 6 39 98 12 34", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "639981234", "+33639981234", "06 39 98 12 34")]
    [InlineData("974", "639981234", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "06 39 98 12 34 / maison", "+33639981234", "06 39 98 12 34")]
    [InlineData("69", "01 99 00 12 34 poste 12", "+33199001234", "01 99 00 12 34 poste 12")]
    [InlineData("69", "01 99 00 12 34 ext 5", "+33199001234", "01 99 00 12 34 poste 5")]
    [InlineData("69", "01 99 00 12 34 (p. 8)", "+33199001234", "01 99 00 12 34 poste 8")]
    [InlineData("69", "01 99 00 12 34, interne 120", "+33199001234", "01 99 00 12 34 poste 120")]
    [InlineData("69", "0508 41 99 99", "+508419999", "+508 41 99 99")]
    [InlineData("69", "+33 508 41 99 99", "+508419999", "+508 41 99 99")]
    [InlineData("59", "+32 470 12 34 56", "+32470123456", "+32 470 12 34 56")]
    [InlineData("74", "0041 78 123 45 67", "+41781234567", "+41 78 123 45 67")]
    public void A_number_is_read_as_it_was_meant_and_said_so_that_it_can_be_dialled(string territory, string text, string e164, string said)
    {
        PhoneNumber.Read(text, Territory.Parse(territory), out var number).ShouldBeNull();
        number.E164.ShouldBe(e164);
        number.ToNational().ShouldBe(said);

        // A row, and a form that is shown again, give the same number back, whichever the territory.
        var stored = PhoneNumber.FromE164(number.Stored);
        (stored, stored.Extension, stored.ToNational()).ShouldBe((number, number.Extension, said));
        foreach (var written in new[] { number.Stored, said })
        {
            PhoneNumber.TryParse(written, Territory.Parse("75"), out var again).ShouldBeTrue(written);
            (again, again.Extension).ShouldBe((number, number.Extension));
        }

        number.Uri.ShouldStartWith("tel:" + e164);
    }

    [Theory]
    [InlineData("06 39 98 12 34 / 01 99 00 12 34", PhoneFault.Several)]
    [InlineData("06 39 98 12 34 ou 01 99 00 12 34", PhoneFault.Several)]
    [InlineData("01 99 00 12 34/35", PhoneFault.Several)]
    [InlineData("0639981234 0199001234", PhoneFault.Several)]
    [InlineData("+33639981234|+33199001234", PhoneFault.Several)]
    [InlineData("75 12 34 / 76 12 34", PhoneFault.Several)]
    [InlineData("639981234 199001234", PhoneFault.Several)]
    [InlineData("06,39,98,12,34,01,99,00,12,34", PhoneFault.Several)]
    [InlineData("0899 12 34 56", PhoneFault.Surcharged)]
    [InlineData("0810 12 34 56", PhoneFault.Surcharged)]
    [InlineData("+33 8 99 12 34 56", PhoneFault.Surcharged)]
    [InlineData("0899 12 34 56 poste 1", PhoneFault.Surcharged)]
    [InlineData("+44 909 879 0000", PhoneFault.Surcharged)]
    [InlineData("+881 6 123 45678", PhoneFault.Satellite)]
    [InlineData("00870 773 123456", PhoneFault.Satellite)]
    [InlineData("06 39 98 12 345", PhoneFault.Wrong)]
    [InlineData("04 00 00 00 00", PhoneFault.Wrong)]
    [InlineData("+32 6 39 98 12 34", PhoneFault.Wrong)]
    [InlineData("06 39 98 12 3", PhoneFault.Incomplete)]
    [InlineData("0639A981234", PhoneFault.Incomplete)]
    [InlineData("3949", PhoneFault.Short)]
    [InlineData("36 46", PhoneFault.Short)]
    [InlineData("115", PhoneFault.Short)]
    [InlineData("118 712", PhoneFault.Short)]
    [InlineData("10 23", PhoneFault.Short)]
    [InlineData("0639", PhoneFault.Incomplete)]
    [InlineData("0199", PhoneFault.Incomplete)]
    [InlineData("69-K7Q2-9XM4", PhoneFault.Incomplete)]
    public void What_cannot_be_called_is_said_in_its_own_words(string text, PhoneFault fault)
    {
        PhoneNumber.Read(text, Territory.Parse("69"), out _).ShouldBe(fault);
        var errors = new FieldErrors();
        PeopleForm.Check(new CitizenForm("Odette Fictive", text), Territory.Parse("69"), errors).ShouldBeNull();
        PeopleForm.CheckHelper(new HelperForm("Aline Fictive", text, true), Territory.Parse("69"), errors).ShouldBeNull();
        foreach (var field in new[] { "citizen.phone", "helper.phone" })
        {
            errors.ByField[field].ShouldBe([PeopleForm.Message(fault)]);
        }
    }

    /// <summary>What an older version has stored is kept, and nothing is sent to it.</summary>
    [Fact]
    public void A_stored_number_that_is_none_gets_no_SMS() => PhoneNumber.FromE164("+99912345").CanReceiveSms.ShouldBeFalse();

    [Fact]
    public void What_is_longer_than_anybody_types_is_not_looked_at()
    {
        const string Number = "06 39 98 12 34";
        PhoneNumber.Read(Number.PadRight(80), Territory.Parse("69"), out _).ShouldBeNull();
        PhoneNumber.Read(Number.PadRight(81), Territory.Parse("69"), out _).ShouldBe(PhoneFault.Incomplete);
    }

    [Fact]
    public void Each_fault_has_words_of_its_own() =>
        Enum.GetValues<PhoneFault>().Select(PeopleForm.Message).ShouldBeUnique();

    /// <param name="arrives">Whether the provider says where it does not arrive.</param>
    [Theory]
    [InlineData("69", "06 39 98 12 34", true, true)]
    [InlineData("974", "0692 12 34 56", true, false)]
    [InlineData("69", "04 78 00 00 00", false, true)]
    [InlineData("974", "0262 20 12 34", false, true)]
    [InlineData("69", "09 72 72 39 49", false, true)]
    [InlineData("59", "+32 470 12 34 56", false, true)]
    public void Only_a_French_mobile_gets_an_SMS_and_overseas_it_may_get_lost(string territory, string text, bool receives, bool arrives)
    {
        PhoneNumber.TryParse(text, Territory.Parse(territory), out var number).ShouldBeTrue();
        number.CanReceiveSms.ShouldBe(receives);
        number.SmsMayNotArrive.ShouldBe(!arrives);
        PhoneNumber.FromE164(number.Stored).CanReceiveSms.ShouldBe(receives);
    }

    [Fact]
    public void A_number_is_the_same_whatever_its_extension_and_is_not_told_whole()
    {
        PhoneNumber.TryParse("01 99 00 12 34 poste 12", Territory.Parse("69"), out var one).ShouldBeTrue();
        PhoneNumber.TryParse("01 99 00 12 34", Territory.Parse("69"), out var same).ShouldBeTrue();
        PhoneNumber.TryParse("01 99 00 12 35", Territory.Parse("69"), out var other).ShouldBeTrue();
        one.ShouldBe(same);
        one.GetHashCode().ShouldBe(same.GetHashCode());
        one.GetHashCode().ShouldNotBe(other.GetHashCode());
        one.ToString().ShouldBe("+33…34");
        default(PhoneNumber).ToString().ShouldBe("…");
    }
}
