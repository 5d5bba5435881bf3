type Props = { readonly user: { readonly name: string; readonly avatar: { readonly url: string } } };

export function Profile({ user }: Props) {
  return (
    <figure>
      <img src={user.avatar.url} alt={user.name} />
      <figcaption>{user.name.split(" ")[0]}, it's nice to see you</figcaption>
    </figure>
  );
}
