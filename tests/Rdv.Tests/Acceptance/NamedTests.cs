using Xunit;

namespace Rdv.Tests.Acceptance;

[CollectionDefinition(Name)]
public sealed class AtAnAddress : ICollectionFixture<NamedTarget>
{
    public const string Name = "acceptance at an address";
}

[Collection(AtAnAddress.Name)]
public sealed class NamedBookingTests(NamedTarget target) : BookingJourneys(target);

[Collection(AtAnAddress.Name)]
public sealed class NamedPageTests(NamedTarget target) : PageJourneys(target);

[Collection(AtAnAddress.Name)]
public sealed class NamedStaffTests(NamedTarget target) : StaffJourneys(target);

[Collection(AtAnAddress.Name)]
public sealed class NamedImportTests(NamedTarget target) : ImportJourneys(target);

[Collection(AtAnAddress.Name)]
public sealed class NamedBadInputTests(NamedTarget target) : BadInputJourneys(target);

[Collection(AtAnAddress.Name)]
public sealed class NamedEdgeTests(NamedTarget target) : EdgeJourneys(target);
