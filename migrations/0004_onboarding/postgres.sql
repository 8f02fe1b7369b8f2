ANALYZE invitations;
