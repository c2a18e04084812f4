using Rdv.Functions.Staff;
using Rdv.Territories;
using Xunit;

namespace Rdv.Tests.Http;

/// <summary>What a role is written as, and what it opens.</summary>
public sealed class StaffRolesTests
{
    [Theory]
    [InlineData("territory:69", "69", true)]
    [InlineData("territory:69", "01", false)]
    [InlineData("territory:2A", "2A", true)]
    [InlineData("admin", "69", true)]
    [InlineData("hotline", "69", false)]
    [InlineData("structure:69/mediatheque-des-cerisiers", "69", false)]
    [InlineData("advisor:69/aline-exemple", "69", false)]
    public void The_figures_of_a_departement_are_for_who_steers_it(string persona, string territory, bool may) =>
        Assert.Equal(may, StaffMember.Parse(persona)!.MayReadTerritory(Territory.Parse(territory)));

    [Theory]
    [InlineData("territory:")]
    [InlineData("territory:20")]
    [InlineData("territory:69/x")]
    [InlineData("territory")]
    public void What_names_no_departement_is_no_role(string persona) => Assert.Null(StaffMember.Parse(persona));
}
