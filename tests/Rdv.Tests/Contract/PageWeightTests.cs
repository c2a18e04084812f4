using Shouldly;
using Xunit;

namespace Rdv.Tests.Contract;

/// <summary>Read on an old telephone, at the edge of a network.</summary>
public sealed class PageWeightTests(ContractApp app) : IClassFixture<ContractApp>
{
    private const int Most = 50 * 1024;

    [Theory]
    [InlineData("/")]
    [InlineData("/commune?q=saint")]
    [InlineData("/sujet?commune=69256")]
    [InlineData("/creneaux?commune=69256&sujet=premiers-pas")]
    [InlineData("/creneaux?commune=69256&sujet=premiers-pas&lieux=100")]
    [InlineData("/ateliers?commune=69256")]
    [InlineData("/lieux?ou=69")]
    [InlineData("/lien")]
    [InlineData("/facile")]
    [InlineData("/accessibilite")]
    [InlineData("/donnees-personnelles")]
    public async Task No_public_page_is_over_fifty_kilobytes_before_compression(string address)
    {
        var page = await app.GetAsync(address);
        page.Status.ShouldBe(200);
        System.Text.Encoding.UTF8.GetByteCount(page.Text).ShouldBeLessThan(Most);
    }

    [Fact]
    public async Task The_stylesheet_is_not_either()
    {
        var home = await app.GetAsync("/");
        var start = home.Text.IndexOf("/assets/rdv.", StringComparison.Ordinal);
        var address = home.Text[start..home.Text.IndexOf('"', start)];
        (await app.GetAsync(address)).Text.Length.ShouldBeLessThan(Most);
    }
}
