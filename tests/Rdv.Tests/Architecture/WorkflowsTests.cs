using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Rdv.Tests.Architecture;

/// <summary>What builds and deploys the product is itself code of others: pinned, as packages are.</summary>
public sealed partial class WorkflowsTests
{
    public static TheoryData<string> Workflows { get; } =
        [.. System.IO.Directory.GetFiles(Path.Combine(RepositoryRoot.Path, ".github", "workflows")).Select(file => Path.GetFileName(file))];

    /// <summary>A tag can be moved to other code; a commit cannot. Dependabot reads the version beside it.</summary>
    [Theory]
    [MemberData(nameof(Workflows))]
    public void An_action_is_pinned_to_a_commit_with_its_version_beside_it(string file)
    {
        var used = Uses().Matches(RepositoryRoot.Text(".github", "workflows", file)).Select(match => match.Groups[1].Value).ToList();
        used.ShouldNotBeEmpty();
        used.ShouldAllBe(action => Pinned().IsMatch(action));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_may_read_and_says_what_more_it_needs(string file) =>
        RepositoryRoot.Text(".github", "workflows", file).ShouldContain("\npermissions:\n  contents: read\n");

    [Fact]
    public void A_deployment_holds_no_secret_shows_what_would_change_and_can_go_back()
    {
        var deploy = RepositoryRoot.Text(".github", "workflows", "deploy.yml");
        deploy.ShouldNotContain("secrets.");
        deploy.ShouldContain("id-token: write");
        deploy.ShouldContain("what-if");
        deploy.ShouldContain("package_of_run");
        deploy.ShouldContain("environment: ${{ inputs.environment }}\n");
    }

    /// <summary>A package of a pull request, or of a branch, must not be what an approval lets through.</summary>
    [Fact]
    public void Only_what_was_tested_on_main_is_packaged_previewed_or_deployed()
    {
        var deploy = RepositoryRoot.Text(".github", "workflows", "deploy.yml");
        var jobs = Job().Split(deploy[deploy.IndexOf("\njobs:", StringComparison.Ordinal)..]).Skip(1).Chunk(2).ToDictionary(job => job[0], job => job[1]);
        jobs.Keys.ShouldBe(["allowed", "package", "preview", "deploy"]);
        jobs.Where(job => job.Key != "allowed").ShouldAllBe(job => job.Value.Contains("    needs: allowed\n") || job.Value.Contains("    needs: [allowed, "));
        jobs["deploy"].ShouldContain("needs.allowed.result == 'success'");
        jobs["preview"].ShouldContain("--validation-level ProviderNoRbac", customMessage: "its identity has no right to write");
        jobs["deploy"].ShouldContain("outputs.siteBaseUrl.value", customMessage: "behind a Front Door the host name answers 403");
        ArtifactName().Matches(RepositoryRoot.Text(".github", "workflows", "ci.yml")).Select(name => name.Value)
            .Intersect(ArtifactName().Matches(deploy).Select(name => name.Value)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"^  ([a-z]+):\n", RegexOptions.Multiline)]
    private static partial Regex Job();

    [GeneratedRegex(@"(?<=artifact@[^\n]*\n +with:\n(?: +#[^\n]*\n)* +name: )[\w-]+")]
    private static partial Regex ArtifactName();

    [GeneratedRegex(@"uses: (.+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
