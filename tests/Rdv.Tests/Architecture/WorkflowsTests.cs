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

    [GeneratedRegex(@"uses: (.+)")]
    private static partial Regex Uses();

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex Pinned();
}
